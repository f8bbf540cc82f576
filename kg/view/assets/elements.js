// Makes elements. Whatever comes from the data enters the page here: as text nodes and attributes, never as markup.
const SVG = "http://www.w3.org/2000/svg";

const byId = (id) => document.getElementById(id);

function furnish(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name, value);
    else if (name === "colour") element.style.setProperty("--colour", value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

const html = (tag, attributes = {}, ...children) => furnish(document.createElement(tag), attributes, children);

const svg = (tag, attributes = {}, ...children) => furnish(document.createElementNS(SVG, tag), attributes, children);

const button = (label, click, attributes = {}) => html("button", { type: "button", click, ...attributes }, label);

// The mark of a family in its colour.
const familyMark = (family) => html("span", { class: "mark", colour: family.colour, "aria-hidden": "true" }, family.mark);

// A sample of a line: of a modality (dashed) or of a family (coloured).
function lineSample({ dash = [], colour = "currentColor", width = 2, crossed = false }) {
  const line = { x1: 1, y1: 6, x2: 43, y2: 6, stroke: colour, "stroke-width": width, "stroke-dasharray": dash.join(" ") };
  const cross = crossed ? svg("path", { d: "M18 2l8 8m0-8l-8 8", stroke: "currentColor", "stroke-width": 2 }) : null;
  return svg("svg", { class: "sample", viewBox: "0 0 44 12", width: 44, height: 12, "aria-hidden": "true" }, svg("line", line), cross);
}

// A link to an article, where its address is http or https.
function articleLink(address) {
  let url = null;
  try {
    url = new URL(address);
  } catch {
    url = null; // no address, or a broken one
  }
  if (url === null || !["http:", "https:"].includes(url.protocol)) return html("span", { class: "faint" }, t("noLink"));
  return html("a", { href: url.href, target: "_blank", rel: "noopener noreferrer" }, `${t("open")} ↗`);
}

function download(name, blob) {
  const url = URL.createObjectURL(blob);
  const link = html("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}
