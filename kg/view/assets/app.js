// Puts the parts together: what a reader does changes `view`, and `update` shows it.
function showStatus({ claims, nodes, edges, candidates }) {
  const number = (count) => count.toLocaleString(view.language);
  const part = (some, all) => (some === all ? number(all) : `${number(some)} / ${number(all)}`);
  const span = periods.length ? `${periodName(periods[view.first])} – ${periodName(periods[view.last])}` : t("undated");
  const kind = view.level === "actor" ? "actors" : nodes.every((node) => node.code) ? "states" : "others";
  byId("status").textContent = [
    `${part(claims.length, data.claims.length)} ${t("claims")}`,
    `${part(nodes.length, candidates)} ${t(kind)}`,
    `${number(edges.length)} ${t("edges")}`,
    span,
  ].join(" · ");
  Object.assign(byId("status").dataset, { claims: claims.length, actors: nodes.length, edges: edges.length });
}

function showNotice({ nodes, candidates }) {
  const notes = [];
  const [shown, all] = [nodes.length, candidates].map((count) => count.toLocaleString(view.language));
  if (view.level === "state" && startLevel === "state" && !data.level) notes.push(t("rolledUp")(actorCount.toLocaleString(view.language)));
  if (nodes.length < candidates) notes.push(t("strongest")(shown, all));
  const many = view.ego === null && candidates > MANY;
  const choice = many ? button(view.all ? t("showStrong") : t("showAll"), () => { view.all = !view.all; update(); fit(); }, { "data-testid": "all" }) : "";
  byId("notice").replaceChildren(notes.join(" "), " ", choice);
  byId("notice").hidden = notes.length === 0 && !many;
}

// The edge that is chosen, or that bundles the chosen claim, where it is drawn.
function chosenEdge() {
  const { edge, claim } = view.selected ?? {};
  return drawn.edges.find((one) => one.id === edge || one.shown.includes(claim))?.id;
}

// Show all anew what depends on the choices.
function update() {
  const shown = picture();
  drawOnce(() => {
    draw(shown);
    const nodes = drawn.places.has(view.ego) ? [view.ego] : [];
    network.setSelection({ nodes, edges: [chosenEdge()].filter(Boolean) }, { highlightEdges: false });
  });
  showNotice(shown);
  showStatus(shown);
  if (view.selected || view.ego) showEvidence(shown.claims);
  else showTable(shown.claims);
  showTimeline(shown.claims);
}

// Show the evidence of an edge or of a claim.
function choose(selected) {
  view.selected = selected;
  update();
}

// The same from a row of the table, with the way back under the finger.
function openByKey(claim) {
  choose({ claim });
  document.querySelector("[data-testid=back]").focus();
}

function focusOn(ego) {
  Object.assign(view, { ego, selected: null });
  update();
  fit();
}

function backToTable() {
  const row = view.selected?.claim;
  const focused = view.ego !== null;
  Object.assign(view, { ego: null, selected: null });
  update();
  if (focused) fit();
  (document.querySelector(`tr[data-claim="${row}"]`) ?? byId("evidence")).focus();
}

function reset() {
  Object.assign(view, everything());
  rebuild();
  fit();
}

function showTools() {
  const other = view.language === "de" ? "en" : "de";
  byId("tools").replaceChildren(
    button(t("other"), () => { view.language = other; rebuild(); }, { title: t("otherTitle"), lang: other, "data-testid": "language" }),
    button(view.dark ? t("light") : t("dark"), () => { view.dark = !view.dark; applyTheme(); rebuild(); }, { "data-testid": "theme" }),
    button("SVG", saveSvg, { "data-testid": "svg" }),
    button("PNG", savePng, { "data-testid": "png" }),
    button("CSV", saveCsv, { "data-testid": "csv" }),
  );
}

function applyTheme() {
  document.documentElement.dataset.theme = view.dark ? "dark" : "light";
  readInk();
}

// Build everything anew, as after a change of language.
function rebuild() {
  document.documentElement.lang = view.language;
  document.title = data.title || t("title");
  byId("title").textContent = document.title;
  byId("network").setAttribute("aria-label", t("network"));
  byId("evidence").setAttribute("aria-label", t("table"));
  byId("filters").setAttribute("aria-label", t("relations"));
  showTools();
  showFilters();
  buildTimeline();
  update();
}

network.on("click", ({ nodes, edges }) => {
  if (nodes.length > 0) focusOn(nodes[0]);
  else if (edges.length > 0) choose({ edge: edges[0] });
  else if (view.selected) { view.selected = null; update(); }
});

addEventListener("keydown", (event) => {
  if (event.key === "Escape") reset();
  else if (event.key === "/" && !/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) {
    event.preventDefault();
    byId("search").focus();
  }
});

new ResizeObserver(() => {
  showTimeline(shownClaims());
  requestAnimationFrame(fit); // after vis-network has taken up the new size
}).observe(byId("stage"));

view.dark = matchMedia("(prefers-color-scheme: dark)").matches;
applyTheme();
rebuild();
fit();
window.diplokg = { network, view, drawn, update, pointOf, svgText, csvText }; // for scripts and tests
