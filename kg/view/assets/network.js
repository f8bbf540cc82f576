// The drawing: vis-network draws nodes and edges and moves the view; badges and labels are drawn here.
const drawn = { nodes: [], edges: [], places: new Map(), labels: [], labelsFor: "" };
const datasets = { nodes: new vis.DataSet(), edges: new vis.DataSet() };
const hovered = new Set();
const network = new vis.Network(byId("network"), datasets, parse("options"));
const RIM = { x: 0.11, y: 0.06 }; // shares of the pane left free for labels at each side
const CLOSEST = 1.3; // scale beyond which a small network would look swollen
let ink = { text: "#000", ground: "#fff" };

// Read the colours of the theme; the canvas does not know the style sheet.
function readInk() {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(`--${name}`).trim();
  ink = { text: colour("text"), ground: colour("ground") };
  const quiet = { background: colour("node"), border: colour("strong") };
  const loud = { background: colour("node"), border: colour("accent") };
  network.setOptions({ nodes: { borderWidthSelected: 4, color: { ...quiet, highlight: loud, hover: loud } } });
}

function drawBadges(context) {
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = ink.text;
  for (const node of drawn.places.values()) {
    context.font = `600 ${badgeSize(node)}px ${FONT}`;
    context.fillText(badgeOf(node), node.x, node.y + 0.5);
  }
}

// The part of the network that the pane shows.
function pane() {
  const { clientWidth, clientHeight } = byId("network");
  const [from, to] = [network.DOMtoCanvas({ x: 0, y: 0 }), network.DOMtoCanvas({ x: clientWidth, y: clientHeight })];
  return { left: from.x, top: from.y, right: to.x, bottom: to.y };
}

function drawLabels(context) {
  const chosen = new Set([...hovered, ...network.getSelectedEdges(), ...(view.ego ? [view.ego] : [])]);
  const scale = network.getScale();
  const key = `${scale.toFixed(3)} ${view.language} ${[...chosen].join()}`;
  if (drawn.labelsFor !== key) {
    const unit = 1 / Math.min(Math.max(scale, 0.15), 1.6);
    drawn.labels = placeLabels(drawn.nodes, drawn.edges, drawn.places, unit, chosen, pane());
    drawn.labelsFor = key;
  }
  context.textAlign = "left";
  context.lineJoin = "round";
  for (const label of drawn.labels) {
    context.font = `${label.weight} ${label.size}px ${FONT}`;
    const left = label.x - label.width / 2;
    if (label.mark) {
      context.fillStyle = ink.ground; // a plate, or the line would run through a hollow mark
      context.fillRect(left - 1, label.y - label.size * 0.6, label.width + 2, label.size * 1.2);
    } else {
      context.lineWidth = label.size * 0.35;
      context.strokeStyle = ink.ground;
      context.strokeText(label.text, left, label.y);
    }
    context.fillStyle = label.colour || ink.text;
    context.fillText(label.mark, left, label.y);
    context.fillStyle = ink.text;
    context.fillText(label.text, left + context.measureText(label.mark).width, label.y);
  }
}

// Bring a dataset to what is wanted, and leave alone what is there and has the same `stamp`.
function sync(dataset, wanted) {
  const keep = new Set(wanted.map((item) => item.id));
  const gone = dataset.getIds().filter((id) => !keep.has(id));
  const changed = wanted.filter((item) => dataset.get(item.id)?.stamp !== item.stamp);
  if (gone.length > 0) dataset.remove(gone);
  if (changed.length > 0) dataset.update(changed);
}

// Let vis-network draw once for many changes; by itself it draws after each (0.1 s with 1,500 edges).
function drawOnce(change) {
  network.body.emitter.emit("_blockRedraw");
  change();
  network.body.emitter.emit("_allowRedraw");
  network.redraw();
}

function draw({ nodes, edges }) {
  drawn.nodes = nodes;
  drawn.edges = edges;
  drawn.places = new Map(nodes.map((node) => [node.id, node]));
  drawn.labelsFor = "";
  sync(datasets.nodes, nodes.map((node) => ({
    id: node.id,
    x: node.x,
    y: node.y,
    shape: shapeOf(node),
    size: radiusOf(node),
    stamp: node.weight,
    borderWidth: node.kind === "state" ? 2.5 : 1.5,
    shapeProperties: { borderDashes: node.kind === "group" ? [3, 3] : false },
  })));
  sync(datasets.edges, edges.map((edge) => ({
    ...edge,
    width: widthOf(edge.shown.length),
    stamp: edge.shown.length,
    selfReference: { size: loopRadius(edge), angle: Math.PI / 4 },
  })));
}

// Remember where the reader drags nodes to.
function readPlaces({ nodes }) {
  for (const [id, place] of Object.entries(network.getPositions(nodes))) {
    Object.assign(nodeOf.get(id), place);
    Object.assign(drawn.places.get(id), place);
  }
  drawn.labelsFor = "";
}

// Move and scale the view so that all nodes, arcs and the labels at the rim are in it.
function fit() {
  const { clientWidth, clientHeight } = byId("network");
  const { left, top, right, bottom } = extentOf(drawn.nodes, drawn.edges, drawn.places);
  const across = Math.max(clientWidth * (1 - 2 * RIM.x), 80) / (right - left);
  const down = Math.max(clientHeight * (1 - 2 * RIM.y), 80) / (bottom - top);
  drawn.labelsFor = "";
  network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale: Math.min(across, down, CLOSEST) });
}

function hover(id, inside) {
  if (inside) hovered.add(id);
  else hovered.delete(id);
  network.redraw();
}

network.on("afterDrawing", (context) => { drawBadges(context); drawLabels(context); });
network.on("dragging", readPlaces);
network.on("dragEnd", () => { drawn.labelsFor = ""; network.redraw(); }); // another part is shown
network.on("hoverEdge", ({ edge }) => hover(edge, true));
network.on("blurEdge", ({ edge }) => hover(edge, false));
network.on("hoverNode", ({ node }) => hover(node, true));
network.on("blurNode", ({ node }) => hover(node, false));
