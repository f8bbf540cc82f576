// What a reader takes away: the table as CSV, the drawing as SVG for print, and as PNG at three times its size.
const PAPER = { text: "#111827", ground: "#ffffff", line: "#374151", node: "#f3f4f6" };
const LEGEND = { row: 20, column: 225, margin: 70 };

// A cell that a spreadsheet would take for a formula begins with an apostrophe.
function cell(value) {
  const text = String(value);
  return `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}

function csvText() {
  const head = ["id", "from", "to", "actor", "actor_state", "relation", "type", "recipient", "recipient_state", "modality",
    "speakers", "publisher", "published", "title", "url", "quote", "confidence", "extractor"];
  const rows = picture().claims.map((number) => {
    const claim = data.claims[number];
    const article = data.articles[claim.article];
    const [actor, recipient] = claim.ends.actor.map(nameOf);
    const speakers = claim.speakers.map((speaker) => named(data.speakers[speaker])).join(" | ");
    return [claim.id, claim.from, claim.to, actor, claim.codes[0], claim.relation, claim.type, recipient, claim.codes[1], claim.modality,
      speakers, article.publisher, article.published, article.title, article.url, claim.quote.join(""), claim.confidence, claim.extractor];
  });
  return [head, ...rows].map((row) => row.map(cell).join(",")).join("\r\n");
}

// Text that XML can hold: no control characters, no halves of surrogate pairs.
const xmlText = (text) => text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");

const round = (number) => Math.round(number * 10) / 10;

// How far along its arc an edge runs before it meets the node at its end.
function shareAtBorder(from, via, to) {
  let [low, high] = [0.5, 1];
  for (let step = 0; step < 20; step += 1) {
    const share = (low + high) / 2;
    const point = pointAt(from, via, to, share);
    if (Math.hypot(point.x - to.x, point.y - to.y) > radiusOf(to) + 3) low = share;
    else high = share;
  }
  return low;
}

function edgeDrawing(edge) {
  const [from, to] = [drawn.places.get(edge.from), drawn.places.get(edge.to)];
  const { colour } = familyOfRelation(edge.relation);
  const { dash } = data.modalities.find((modality) => modality.id === edge.modality);
  const line = { fill: "none", stroke: colour, "stroke-width": round(widthOf(edge.shown.length)), "stroke-dasharray": dash.join(" ") || null };
  if (edge.from === edge.to) {
    const centre = loopCentre(from);
    return [svg("circle", { ...line, cx: round(centre.x), cy: round(centre.y), r: loopRadius(edge) })];
  }
  const via = controlPoint(from, to, edge.bend);
  const last = shareAtBorder(from, via, to);
  const points = Array.from({ length: 25 }, (_, place) => pointAt(from, via, to, (last * place) / 24));
  const path = svg("path", { ...line, d: `M${points.map((point) => `${round(point.x)},${round(point.y)}`).join("L")}` });
  if (edge.symmetric) return [path];
  const [tip, before] = [points[24], points[22]];
  const angle = Math.atan2(tip.y - before.y, tip.x - before.x);
  const corner = (turn) => `${round(tip.x - 12 * Math.cos(angle + turn))},${round(tip.y - 12 * Math.sin(angle + turn))}`;
  return [path, svg("polygon", { fill: colour, points: `${round(tip.x)},${round(tip.y)} ${corner(0.42)} ${corner(-0.42)}` })];
}

function nodeDrawing(node) {
  const radius = radiusOf(node);
  const look = { fill: PAPER.node, stroke: PAPER.line, "stroke-width": node.kind === "state" ? 2.5 : 1.5, "stroke-dasharray": node.kind === "group" ? "3 3" : null };
  const corners = cornersOf(node, node.x, node.y, radius);
  const shape = corners
    ? svg("polygon", { ...look, points: corners.map((corner) => corner.map(round).join()).join(" ") })
    : svg("circle", { ...look, cx: node.x, cy: node.y, r: round(radius) });
  const badge = { x: node.x, y: node.y, "text-anchor": "middle", "dominant-baseline": "central", "font-weight": 600, "font-size": badgeSize(node), fill: PAPER.text };
  return [shape, svg("text", badge, xmlText(badgeOf(node)))];
}

function labelDrawing(label) {
  const look = { x: round(label.x), y: round(label.y), "text-anchor": "middle", "dominant-baseline": "central", "font-size": round(label.size), "font-weight": label.weight };
  const halo = label.mark ? {} : { stroke: PAPER.ground, "stroke-width": 4, "stroke-linejoin": "round", "paint-order": "stroke" };
  const mark = label.mark ? svg("tspan", { fill: label.colour }, label.mark) : "";
  const text = svg("text", { ...look, ...halo, fill: PAPER.text }, mark, xmlText(label.text));
  if (!label.mark) return [text];
  const plate = { x: round(label.x - label.width / 2), y: round(label.y - label.size * 0.6), width: round(label.width), height: round(label.size * 1.2) };
  return [svg("rect", { ...plate, fill: PAPER.ground }), text];
}

function legendDrawing(left, top) {
  const text = (x, y, words) => svg("text", { x, y, "dominant-baseline": "central", "font-size": 12, fill: PAPER.text }, words);
  const used = data.families.filter((family) => drawn.edges.some((edge) => familyOfRelation(edge.relation) === family));
  const sample = (x, y, colour, width, dash) => svg("line", { x1: x, x2: x + 40, y1: y, y2: y, stroke: colour, "stroke-width": width, "stroke-dasharray": dash.join(" ") || null });
  const families = used.flatMap((family, place) => {
    const x = left + place * LEGEND.column;
    return [sample(x, top, family.colour, 4, []), text(x + 48, top, `${family.mark} ${named(family)}`)];
  });
  const modalities = data.modalities.flatMap(({ id, dash }, place) => {
    const x = left + place * LEGEND.column * 0.62;
    return [sample(x, top + LEGEND.row, PAPER.line, 2, dash), text(x + 48, top + LEGEND.row, `${id === "negated" ? "✕ " : ""}${t(id)}`)];
  });
  const signs = text(left, top + 2 * LEGEND.row, `${t("arrow")} · ${t("mutual")} · ${t("count")}`);
  const counts = text(left, top + 3 * LEGEND.row, byId("status").textContent);
  return svg("g", { id: "legend" }, ...families, ...modalities, signs, counts);
}

function svgText() {
  const nodes = [...drawn.places.values()];
  const labels = placeLabels(drawn.nodes, drawn.edges, drawn.places, 1, new Set());
  const extent = extentOf(drawn.nodes, drawn.edges, drawn.places);
  extent.left = Math.min(extent.left, ...labels.map(({ x, width }) => x - width / 2 + LEGEND.margin / 2));
  extent.right = Math.max(extent.right, ...labels.map(({ x, width }) => x + width / 2 - LEGEND.margin / 2));
  const [left, top] = [extent.left - LEGEND.margin, extent.top - LEGEND.margin];
  const width = Math.max(extent.right - left + LEGEND.margin, 4 * LEGEND.column + 2 * LEGEND.row);
  const height = extent.bottom - top + LEGEND.margin + 5 * LEGEND.row;
  const box = { viewBox: [left, top, width, height].map(Math.round).join(" "), width: Math.round(width), height: Math.round(height) };
  const picture = svg(
    "svg", { xmlns: SVG, ...box, "font-family": "DejaVu Sans, Arial, sans-serif" },
    svg("title", {}, xmlText(document.title)),
    svg("rect", { x: left, y: top, width, height, fill: PAPER.ground }),
    ...drawn.edges.flatMap(edgeDrawing), ...nodes.flatMap(nodeDrawing), ...labels.flatMap(labelDrawing),
    legendDrawing(left + LEGEND.row, top + height - 4 * LEGEND.row),
  );
  return new XMLSerializer().serializeToString(picture);
}

const saveCsv = () => download("claims.csv", new Blob(["\ufeff", csvText()], { type: "text/csv;charset=utf-8" }));
const saveSvg = () => download("network.svg", new Blob([svgText()], { type: "image/svg+xml" }));

function savePng() {
  const image = new Image();
  image.onload = () => {
    const scale = Math.min(3, 16000 / Math.max(image.width, image.height)); // larger canvases stay empty
    const canvas = html("canvas", { width: Math.round(image.width * scale), height: Math.round(image.height * scale) });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => download("network.png", blob));
  };
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText())}`;
}
