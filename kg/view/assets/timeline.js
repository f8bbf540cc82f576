// The pane below: how many claims of each family fall into each period, and the two sliders that bound it.
const TIMELINE = { height: 84, foot: 16, side: 16, unit: 11, thumb: 16, text: 10.5, between: 8 };

// Single marks are stacked up to this height, where columns are wide enough; else bars are drawn.
const STACK = Math.floor((TIMELINE.height - TIMELINE.foot - 6) / TIMELINE.unit);

const DATES = {
  short: { 10: { day: "numeric", month: "short" }, 7: { month: "short" }, 4: { year: "numeric" } },
  dated: { 10: { day: "numeric", month: "short", year: "2-digit" }, 7: { month: "short", year: "2-digit" }, 4: { year: "numeric" } },
  long: { 10: { day: "numeric", month: "short", year: "numeric" }, 7: { month: "long", year: "numeric" }, 4: { year: "numeric" } },
};

function periodName(period, style = "long") {
  const date = new Date(`${period.padEnd(10, "-01")}T00:00:00Z`);
  return date.toLocaleDateString(view.language, { ...DATES[style][grain], timeZone: "UTC" });
}

// Whether long passes between two periods without any claim: two weeks, months or years.
function isGap(before, after) {
  const step = { 10: 14, 7: 62, 4: 731 }[grain] * 86400000;
  return Date.parse(after.padEnd(10, "-01")) - Date.parse(before.padEnd(10, "-01")) > step;
}

// Marks of a family are drawn as shapes, so that they look alike whatever the font.
function markShape(family, x, y, size) {
  const hollow = ["○", "△", "◇"].includes(family.mark);
  const paint = { fill: hollow ? "none" : family.colour, stroke: family.colour, "stroke-width": 2 };
  if ("○●".includes(family.mark)) return svg("circle", { ...paint, cx: x, cy: y, r: size });
  const corners = family.mark === "◇" ? [[0, -1], [1, 0], [0, 1], [-1, 0]] : [[0, -1], [1, 0.8], [-1, 0.8]];
  return svg("polygon", { ...paint, points: corners.map(([dx, dy]) => `${x + dx * size},${y + dy * size}`).join(" ") });
}

function column(counts, x, width, stacked, highest) {
  const floor = TIMELINE.height - TIMELINE.foot;
  const shapes = [];
  let level = 0;
  data.families.forEach((family, place) => {
    if (!stacked) {
      const height = (counts[place] * (floor - 4)) / highest;
      level += height;
      if (height) shapes.push(svg("rect", { x: x - width * 0.4, y: floor - level, width: width * 0.8, height, fill: family.colour }));
      return;
    }
    for (let mark = 0; mark < counts[place]; mark += 1, level += 1)
      shapes.push(markShape(family, x, floor - 7 - level * TIMELINE.unit, 3.6));
  });
  return shapes;
}

// Returns a function that writes the date of a column, inside the pane, where the one before it leaves room.
function datesAlong(width, style) {
  let free = 0;
  return (x, period) => {
    const words = periodName(period, style);
    const half = textWidth(words, TIMELINE.text, 400) / 2;
    const middle = Math.min(Math.max(x, half + 2), width - half - 2);
    if (middle - half < free) return "";
    free = middle + half + TIMELINE.between;
    return svg("text", { x: middle, y: TIMELINE.height - 3, "text-anchor": "middle" }, words);
  };
}

function timelineDrawing(claims, width) {
  const inner = width - 2 * TIMELINE.side;
  const step = inner / Math.max(periods.length, 1);
  const counts = periods.map(() => data.families.map(() => 0));
  for (const number of claims) {
    const { from, relation } = data.claims[number];
    if (from) counts[periods.indexOf(periodOf(from))][data.families.indexOf(familyOfRelation(relation))] += 1;
  }
  const sums = counts.map((column) => column.reduce((sum, count) => sum + count, 0));
  const highest = Math.max(1, ...sums);
  const stacked = highest <= STACK && step >= TIMELINE.unit;
  const oneYear = new Set(periods.map((period) => period.slice(0, 4))).size === 1;
  const dateAt = datesAlong(width, oneYear ? "short" : "dated");
  const floor = TIMELINE.height - TIMELINE.foot;
  const columns = periods.map((period, place) => {
    const x = TIMELINE.side + step * (place + 0.5);
    const label = dateAt(x, period);
    const gap = place && isGap(periods[place - 1], period) ? svg("line", { class: "gap", x1: x - step / 2, x2: x - step / 2, y1: 2, y2: floor + 4 }, svg("title", {}, t("gap"))) : "";
    return svg(
      "g", { class: place < view.first || place > view.last ? "outside" : null, click: () => setPeriod(place, place) },
      svg("title", {}, `${periodName(period)}: ${sums[place]}`),
      svg("rect", { class: "catch", x: x - step / 2, y: 0, width: step, height: TIMELINE.height }),
      gap, ...column(counts[place], x, step, stacked, highest), label,
    );
  });
  const base = svg("line", { class: "base", x1: TIMELINE.side, x2: width - TIMELINE.side, y1: floor, y2: floor });
  return svg("svg", { width, height: TIMELINE.height, role: "img", "aria-label": t("period") }, base, ...columns);
}

function slider(end, label) {
  const input = html("input", { type: "range", min: 0, max: Math.max(periods.length - 1, 0), "aria-label": `${t("period")} ${label}`, "data-testid": `range-${end}` });
  input.value = end === "from" ? view.first : view.last;
  input.disabled = periods.length < 2;
  input.addEventListener("input", () => {
    const place = Number(input.value);
    if (end === "from") setPeriod(place, Math.max(place, view.last));
    else setPeriod(Math.min(place, view.first), place);
  });
  return input;
}

function buildTimeline() {
  byId("period").replaceChildren(html("div", { id: "timeline" }), html("div", { id: "sliders", class: "sliders" }, slider("from", t("from")), slider("to", t("to"))));
}

function showTimeline(claims) {
  const width = byId("timeline").clientWidth || 600;
  byId("timeline").replaceChildren(timelineDrawing(claims, width));
  const step = (width - 2 * TIMELINE.side) / Math.max(periods.length, 1);
  byId("sliders").style.margin = `0 ${TIMELINE.side + step / 2 - TIMELINE.thumb / 2}px`; // thumbs stand under columns
  for (const [end, place] of [["from", view.first], ["to", view.last]]) {
    const input = document.querySelector(`[data-testid=range-${end}]`);
    input.value = place;
    input.setAttribute("aria-valuetext", periods.length ? periodName(periods[place]) : t("undated"));
  }
}

function setPeriod(first, last) {
  Object.assign(view, { first, last });
  update();
}
