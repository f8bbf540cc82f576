// Labels that never cover each other: the strongest first, each where there is room, else not at all.
const FONT = 'system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif';
const NODE_TEXT = 13;
const EDGE_TEXT = 12;
const SHARES = [0.5, 0.4, 0.6, 0.32, 0.68]; // of the way along an edge, where its label may stand

// Square pixels of screen for each edge from which edges are named, or at least marked; the rest on hovering.
const ROOM = { name: 2200, mark: 1200 };

const measurer = document.createElement("canvas").getContext("2d");
const widths = new Map();

function textWidth(text, size, weight) {
  const key = `${size} ${weight} ${text}`;
  if (!widths.has(key)) {
    measurer.font = `${weight} ${size}px ${FONT}`;
    widths.set(key, measurer.measureText(text).width);
  }
  return widths.get(key);
}

const crosses = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
const within = (a, b) => a.left >= b.left && a.right <= b.right && a.top >= b.top && a.bottom <= b.bottom;
const around = (x, y, width, height) => ({ left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 });

function edgeTexts(edge) {
  const mark = `${familyOfRelation(edge.relation).mark}${edge.modality === "negated" ? "✕" : ""}`;
  const count = edge.shown.length > 1 ? ` ×${edge.shown.length}` : "";
  return [{ mark, text: ` ${relationName(edge.relation)}${count}` }, { mark, text: count }];
}

// A page of labels to be filled: `unit` is the length of a screen pixel, `obstacles` are boxes to keep clear of, and
// `pane` is the box that cuts off what reaches beyond it, where there is one.
function labelSheet(unit, obstacles, pane) {
  const taken = [...obstacles];
  const labels = [];
  // Put a label on the first of the spots that is free (where it must be, else on the first), and tell whether it fits.
  const put = (spots, parts, size, weight, must) => {
    const width = textWidth(parts.mark + parts.text, size, weight) * unit;
    const box = ({ x, y }) => around(x, y, width + 6 * unit, size * 1.25 * unit);
    const free = spots.map(box).findIndex((one) => (!pane || within(one, pane)) && !taken.some((other) => crosses(one, other)));
    if (free < 0 && !must) return false;
    const spot = spots[Math.max(free, 0)];
    taken.push(box(spot));
    labels.push({ ...parts, ...spot, width, weight, size: size * unit });
    return true;
  };
  return { labels, put };
}

// Put the label of an edge: its name and mark where there is room (`room` in square pixels for each edge), or the mark.
function putEdge(put, edge, places, room, chosen) {
  if (!chosen && room < ROOM.mark) return;
  const { colour } = familyOfRelation(edge.relation);
  const spots = SHARES.map((share) => pointOf(edge, places, share));
  const texts = edgeTexts(edge).slice(chosen || room > ROOM.name ? 0 : 1);
  texts.some((parts) => put(spots, { ...parts, colour }, EDGE_TEXT, 400, chosen));
}

// Put the name of a node below it, else above, else beside, else at a corner.
function putNode(put, node, { x, y }, unit, chosen) {
  const text = nameOf(node.id);
  const down = radiusOf(node) + NODE_TEXT * 0.85 * unit;
  const half = (textWidth(text, NODE_TEXT, 600) / 2 + 5) * unit;
  const [aside, across, slant] = [radiusOf(node) + half, radiusOf(node) * 0.7 + half, radiusOf(node) * 0.7 + NODE_TEXT * 0.6 * unit];
  const corners = [[1, 1], [-1, 1], [1, -1], [-1, -1]].map(([right, under]) => ({ x: x + right * across, y: y + under * slant }));
  const spots = [{ x, y: y + down }, { x, y: y - down }, { x: x + aside, y }, { x: x - aside, y }, ...corners];
  put(spots, { mark: "", colour: "", text }, NODE_TEXT, 600, chosen);
}

// Labels as {x, y, mark, colour, text, width, size, weight}: of `chosen` edges, of nodes, of the other edges.
function placeLabels(nodes, edges, places, unit, chosen, pane = null) {
  const discs = nodes.map((node) => around(places.get(node.id).x, places.get(node.id).y, 2 * radiusOf(node), 2 * radiusOf(node)));
  const { labels, put } = labelSheet(unit, discs, pane);
  const { left, top, right, bottom } = extentOf(nodes, edges, places);
  const room = ((right - left) * (bottom - top)) / (unit * unit * Math.max(edges.length, 1));
  const strongest = (a, b, weight) => chosen.has(b.id) - chosen.has(a.id) || weight(b) - weight(a) || (a.id < b.id ? -1 : 1);
  const sorted = [...edges].sort((a, b) => strongest(a, b, (edge) => edge.shown.length));
  const split = edges.filter((edge) => chosen.has(edge.id)).length;
  for (const edge of sorted.slice(0, split)) putEdge(put, edge, places, room, true);
  for (const node of [...nodes].sort((a, b) => strongest(a, b, (one) => one.weight))) putNode(put, node, places.get(node.id), unit, chosen.has(node.id));
  for (const edge of sorted.slice(split)) putEdge(put, edge, places, room, false);
  return labels;
}
