// The left pane: search, level, filters, and with them the legend.
const tally = (test) => data.claims.filter(test).length.toLocaleString(view.language);

function checkbox({ label, count, checked, change, ...attributes }, ...signs) {
  const input = html("input", { type: "checkbox", change: () => change(input.checked), ...attributes });
  input.checked = checked;
  return html("label", {}, input, ...signs, html("span", { class: "grow" }, label), html("small", {}, count ?? ""));
}

function toggle(set, key, on) {
  if (on) set.add(key);
  else set.delete(key);
}

const fieldset = (legend, attributes, ...children) => html("fieldset", attributes, html("legend", {}, legend), ...children);

function relationFilter() {
  const all = Object.keys(data.relations).sort((a, b) => relationName(a).localeCompare(relationName(b), view.language));
  const groups = data.families.map((family) => {
    const relations = all.filter((relation) => data.relations[relation].family === family.id);
    if (relations.length === 0) return null;
    const chosen = relations.filter((relation) => view.relations.has(relation)).length;
    const head = checkbox(
      {
        label: named(family),
        checked: chosen === relations.length,
        change: (on) => { relations.forEach((relation) => toggle(view.relations, relation, on)); showFilters(); update(); },
        "data-family": family.id,
      },
      familyMark(family),
      lineSample({ colour: family.colour, width: 4 }),
    );
    head.className = "family";
    head.querySelector("input").indeterminate = chosen > 0 && chosen < relations.length;
    const boxes = relations.map((relation) => checkbox({
      label: relationName(relation),
      count: tally((claim) => claim.relation === relation),
      checked: view.relations.has(relation),
      change: (on) => { toggle(view.relations, relation, on); showFilters(); update(); },
      "data-relation": relation,
    }));
    return html("div", { class: "group" }, head, ...boxes);
  });
  return fieldset(t("relations"), { "data-testid": "legend" }, ...groups);
}

function modalityFilter() {
  const boxes = data.modalities.map(({ id, dash }) => checkbox(
    {
      label: t(id),
      count: tally((claim) => claim.modality === id),
      checked: view.modalities.has(id),
      change: (on) => { toggle(view.modalities, id, on); update(); },
      "data-modality": id,
    },
    lineSample({ dash, crossed: id === "negated" }),
  ));
  return fieldset(t("modality"), {}, ...boxes);
}

function speakerFilter() {
  const option = (value, label) => html("option", { value, selected: String(view.speaker) === String(value) }, label);
  const count = (number) => tally((claim) => claim.speakers.includes(number));
  const speakers = data.speakers
    .map((labels, number) => [number, named(labels)])
    .sort((a, b) => a[1].localeCompare(b[1], view.language));
  const select = html(
    "select",
    { "aria-label": t("speaker"), "data-testid": "speaker" },
    option("", t("everyone")),
    option(NARRATOR, `${t("narrator")} (${tally((claim) => claim.speakers.length === 0)})`),
    ...speakers.map(([number, name]) => option(number, `${name} (${count(number)})`)),
  );
  select.addEventListener("change", () => { view.speaker = select.value === "" ? "" : Number(select.value); update(); });
  return fieldset(t("speaker"), {}, select);
}

function outletFilter() {
  const outlets = [...new Set(data.articles.map((article) => article.publisher))].sort();
  const boxes = outlets.map((outlet) => checkbox({
    label: outlet || t("noOutlet"),
    count: tally((claim) => outletOf(claim) === outlet),
    checked: view.outlets.has(outlet),
    change: (on) => { toggle(view.outlets, outlet, on); update(); },
    "data-outlet": outlet,
  }));
  return fieldset(t("outlet"), { class: "scrolling" }, ...boxes);
}

function levelSwitch() {
  const radio = (level) => html(
    "label", {},
    html("input", {
      type: "radio", name: "level", value: level, checked: view.level === level, "data-testid": `level-${level}`,
      change: () => { Object.assign(view, { level, ego: null, selected: null }); rebuild(); fit(); },
    }),
    t(level),
  );
  return fieldset(t("level"), { class: "row" }, radio("actor"), radio("state"));
}

function signs() {
  const shape = (kind) => {
    const corners = cornersOf({ kind }, 8, 8, 6);
    const line = { fill: "none", stroke: "currentColor", "stroke-width": 1.5, "stroke-dasharray": kind === "group" ? "2 2" : null };
    const drawing = corners ? svg("polygon", { ...line, points: corners.map((corner) => corner.join()).join(" ") }) : svg("circle", { ...line, cx: 8, cy: 8, r: 6 });
    return html("span", { class: "sign" }, svg("svg", { viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true" }, drawing), kind === "state" ? t("kindState") : t(kind));
  };
  const kinds = ["person", "state", "organisation", "group"].filter((kind) => everyNode.some((node) => node.kind === kind));
  return fieldset(t("signs"), { class: "signs" }, html("div", { class: "kinds" }, ...kinds.map(shape)), ...["arrow", "mutual", "count"].map((key) => html("p", {}, t(key))));
}

const bare = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

// The node whose name fits best: the same, beginning with, or containing what was typed; of several the strongest.
function findNode(words) {
  const typed = bare(words.trim());
  if (!typed) return null;
  const rank = (node) => Math.min(...Object.values(node.names).map(bare).map((name) => (name === typed ? 0 : name.startsWith(typed) ? 1 : name.includes(typed) ? 2 : 3)));
  const found = everyNode
    .filter((node) => node.level === view.level)
    .map((node) => [rank(node), -node.weight, node])
    .filter(([ranked]) => ranked < 3)
    .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return found.length ? found[0][2] : null;
}

function searchField() {
  const names = everyNode.filter((node) => node.level === view.level).map((node) => named(node.names)).sort();
  const input = html("input", { type: "search", id: "search", list: "names", placeholder: t("search"), "aria-label": t("search"), "data-testid": "search" });
  const miss = html("p", { class: "faint", role: "alert" });
  input.addEventListener("change", () => {
    const node = findNode(input.value);
    miss.textContent = node || !input.value.trim() ? "" : t("notFound");
    if (node) focusOn(node.id);
  });
  return html("div", { class: "search" }, input, html("datalist", { id: "names" }, ...names.map((value) => html("option", { value }))), miss);
}

function showFilters() {
  const pane = byId("filters");
  const { scrollTop } = pane;
  const focus = Object.entries(document.activeElement?.dataset ?? {});
  pane.replaceChildren(
    searchField(), levelSwitch(), relationFilter(), modalityFilter(), speakerFilter(), outletFilter(), signs(),
    button(t("reset"), reset, { "data-testid": "reset" }),
  );
  pane.scrollTop = scrollTop;
  if (focus.length === 0) return;
  const same = (input) => focus.every(([key, value]) => input.dataset[key] === value);
  [...pane.querySelectorAll("input")].find(same)?.focus();
}
