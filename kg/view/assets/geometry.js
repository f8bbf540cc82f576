// Shapes of nodes, and where edges run: on the arcs of vis-network, so that labels and the SVG lie on them.
const SHAPES = { state: "square", organisation: "hexagon" }; // anyone else is a dot
const LOOP = { size: 24, more: 14 }; // radius of an edge from a node to itself, and how much wider each further one

const shapeOf = (node) => SHAPES[node.kind] ?? "dot";
const radiusOf = (node) => Math.min(14 + 2.4 * Math.sqrt(node.weight), 34) * (node.kind === "state" ? 0.92 : 1);
const widthOf = (count) => Math.min(1.4 + 1.1 * Math.sqrt(count), 8);
const badgeOf = (node) => node.code.slice(0, 5);
const badgeSize = (node) => Math.round((radiusOf(node) * 2.1) / Math.max(badgeOf(node).length, 3));

// The corners of a node around (x, y), or null for a dot.
function cornersOf(node, x, y, radius) {
  const shape = shapeOf(node);
  if (shape === "dot") return null;
  if (shape === "square") return [[-1, -1], [1, -1], [1, 1], [-1, 1]].map(([dx, dy]) => [x + dx * radius, y + dy * radius]);
  return Array.from({ length: 6 }, (_, corner) => {
    const angle = (corner * Math.PI) / 3;
    return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
  });
}

// The control point of vis-network's "curvedCW" (bend above 0) and "curvedCCW" (below).
function controlPoint(from, to, bend) {
  const reach = (Math.abs(bend) * 0.5 + 0.5) * Math.hypot(to.x - from.x, from.y - to.y);
  const angle = Math.atan2(from.y - to.y, to.x - from.x) + (bend * 0.5 + 0.5) * Math.PI;
  return { x: from.x + reach * Math.sin(angle), y: from.y + reach * Math.cos(angle) };
}

function pointAt(from, via, to, share) {
  const rest = 1 - share;
  const mix = (a, v, b) => rest * rest * a + 2 * share * rest * v + share * share * b;
  return { x: mix(from.x, via.x, to.x), y: mix(from.y, via.y, to.y) };
}

const loopRadius = (edge) => LOOP.size + LOOP.more * edge.bend;

// The centre of a loop: on the node's border, up and to the right.
function loopCentre(node) {
  const away = radiusOf(node) * (shapeOf(node) === "square" ? 1 : Math.SQRT1_2);
  return { x: node.x + away, y: node.y - away };
}

// A point of an edge as it is drawn; of a loop, always its far end.
function pointOf(edge, places, share) {
  const [from, to] = [places.get(edge.from), places.get(edge.to)];
  if (edge.from !== edge.to) return pointAt(from, controlPoint(from, to, edge.bend), to, share);
  const centre = loopCentre(from);
  const reach = loopRadius(edge) * Math.SQRT1_2;
  return { x: centre.x + reach, y: centre.y - reach };
}

// The box around all nodes and arcs, as {left, top, right, bottom}.
function extentOf(nodes, edges, places) {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  const cover = ({ x, y }, radius) => {
    box.left = Math.min(box.left, x - radius);
    box.right = Math.max(box.right, x + radius);
    box.top = Math.min(box.top, y - radius);
    box.bottom = Math.max(box.bottom, y + radius);
  };
  for (const node of nodes) cover(places.get(node.id), radiusOf(node));
  for (const edge of edges) cover(pointOf(edge, places, 0.5), 4);
  return nodes.length ? box : { left: -100, top: -100, right: 100, bottom: 100 };
}
