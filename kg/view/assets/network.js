// The drawing: vis-network draws nodes and edges and moves the view; badges and labels are drawn here.
const drawn = { nodes: [], edges: [], places: new Map(), labels: [], labelsFor: "" };
const datasets = { nodes: new vis.DataSet(), edges: new vis.DataSet() };
const hovered = new Set();
const network = new vis.Network(byId("network"), datasets, parse("options"));
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

function drawLabels(context) {
  const chosen = new Set([...hovered, ...network.getSelectedEdges(), ...(view.ego ? [view.ego] : [])]);
  const scale = network.getScale();
  const key = `${scale.toFixed(3)} ${view.language} ${[...chosen].join()}`;
  if (drawn.labelsFor !== key) {
    const unit = 1 / Math.min(Math.max(scale, 0.15), 1.6);
    drawn.labels = placeLabels(drawn.nodes, drawn.edges, drawn.places, unit, chosen);
    drawn.labelsFor = key;
  }
  context.textAlign = "left";
  context.lineJoin = "round";
  for (const label of drawn.labels) {
    context.font = `${label.weight} ${label.size}px ${FONT}`;
    context.lineWidth = label.size * 0.35;
    context.strokeStyle = ink.ground;
    const left = label.x - label.width / 2;
    context.strokeText(label.mark + label.text, left, label.y);
    context.fillStyle = label.colour || ink.text;
    context.fillText(label.mark, left, label.y);
    context.fillStyle = ink.text;
    context.fillText(label.text, left + context.measureText(label.mark).width, label.y);
  }
}

// Bring a dataset to what is wanted.
function sync(dataset, wanted) {
  const keep = new Set(wanted.map((item) => item.id));
  dataset.remove(dataset.getIds().filter((id) => !keep.has(id)));
  dataset.update(wanted);
}

function draw({ nodes, edges }) {
  const places = network.getPositions(); // where the reader has dragged them
  drawn.nodes = nodes;
  drawn.edges = edges;
  drawn.places = new Map(nodes.map((node) => [node.id, { ...node, ...places[node.id] }]));
  drawn.labelsFor = "";
  sync(datasets.nodes, [...drawn.places.values()].map((node) => ({
    id: node.id,
    x: node.x,
    y: node.y,
    shape: shapeOf(node),
    size: radiusOf(node),
    borderWidth: node.kind === "state" ? 2.5 : 1.5,
    shapeProperties: { borderDashes: node.kind === "group" ? [3, 3] : false },
  })));
  sync(datasets.edges, edges.map((edge) => ({
    ...edge,
    width: widthOf(edge.shown.length),
    selfReference: { size: loopRadius(edge), angle: Math.PI / 4 },
  })));
}

function readPlaces() {
  const places = network.getPositions();
  for (const node of drawn.places.values()) Object.assign(node, places[node.id]);
  drawn.labelsFor = "";
}

function fit() {
  network.fit({ nodes: drawn.nodes.map((node) => node.id), maxZoomLevel: 1.4 });
  network.moveTo({ scale: network.getScale() * 0.92 }); // room for the labels at the rim
}

function hover(id, inside) {
  if (inside) hovered.add(id);
  else hovered.delete(id);
  network.redraw();
}

network.on("afterDrawing", (context) => { drawBadges(context); drawLabels(context); });
network.on("dragging", readPlaces);
network.on("hoverEdge", ({ edge }) => hover(edge, true));
network.on("blurEdge", ({ edge }) => hover(edge, false));
network.on("hoverNode", ({ node }) => hover(node, true));
network.on("blurNode", ({ node }) => hover(node, false));
