// The right pane: the table of claims, or the evidence of what was chosen.
const ROWS = 250; // rows of the table shown at once

function dayName(day) {
  const date = new Date(`${day}T00:00:00Z`);
  return Number.isNaN(date.getTime()) ? day : date.toLocaleDateString(view.language, { dateStyle: "medium", timeZone: "UTC" });
}

const dayOf = (day) => html("time", { datetime: day }, dayName(day));

function timeOf(claim) {
  if (!claim.from) return [t("undated")];
  return claim.from === claim.to ? [dayOf(claim.from)] : [dayOf(claim.from), " – ", dayOf(claim.to)];
}

// "Iran → warns → USA", or "Iran meets USA" where there is no direction.
function sentenceOf(claim) {
  const [actor, recipient] = claim.ends[view.level].map(nameOf);
  const arrow = data.relations[claim.relation].symmetric ? " " : " → ";
  return [html("b", {}, actor), arrow, familyMark(familyOfRelation(claim.relation)), ` ${relationName(claim.relation)}`, arrow, html("b", {}, recipient)];
}

function modalityBadge(claim) {
  const { dash } = data.modalities.find((modality) => modality.id === claim.modality);
  return html("span", { class: "badge" }, lineSample({ dash, crossed: claim.modality === "negated" }), t(claim.modality));
}

// "Reuters ← two officials": the outermost speaker first. Who says it together is one link: "Merkel, Macron".
function chainOf(claim) {
  if (claim.speakers.length === 0) return t("narrator");
  const links = [];
  claim.speakers.forEach((number, place) => {
    const name = named(data.speakers[number]);
    if (place && claim.joint.includes(place)) links.at(-1).push(", ", name);
    else links.push([name]);
  });
  const arrow = () => html("span", { role: "img", "aria-label": t("citing"), title: t("citing") }, " ← ");
  return links.reverse().flatMap((link, place) => (place ? [arrow(), ...link] : link));
}

function sourceOf(article) {
  const parts = [article.publisher ? html("b", {}, article.publisher) : "", article.publisher ? ": " : "", html("cite", {}, article.title)];
  if (article.published) parts.push(`, ${t("published")} `, dayOf(article.published));
  if (article.fictional) parts.push(" ", html("span", { class: "badge" }, t("fictional")));
  return parts;
}

// "cancelled, by 2 claims": how the event stands, where more than this one claim reports it.
function standingOf(claim) {
  const event = data.events[claim.event];
  if (!event || event.claims.length < 2) return "";
  return `${t("statuses")[event.status]}, ${t("reports")(event.claims.length)}`;
}

function cardOf(number) {
  const claim = data.claims[number];
  const article = data.articles[claim.article];
  const [before, trigger, after] = claim.quote;
  const row = (label, ...content) => html("div", {}, html("dt", {}, label), html("dd", {}, ...content));
  const said = claim.when && claim.when !== claim.from ? ` („${claim.when}“)` : "";
  const basis = claim.dated || !claim.from ? said : ` (${t("byArticle")})`;
  return html(
    "article",
    { class: "card", colour: familyOfRelation(claim.relation).colour, "data-testid": "evidence-item", "data-claim": claim.id },
    html("h3", {}, ...sentenceOf(claim)),
    modalityBadge(claim),
    html("blockquote", { lang: article.language || null }, before, trigger ? html("mark", {}, trigger) : "", after),
    html(
      "dl", {},
      row(t("says"), ...[chainOf(claim)].flat()),
      row(t("when"), ...timeOf(claim), basis),
      claim.place ? row(t("where"), named(claim.place)) : "",
      standingOf(claim) ? row(t("standing"), standingOf(claim)) : "",
      row(t("source"), ...sourceOf(article), " · ", articleLink(article.url)),
      row(t("read"), `${claim.extractor} · ${claim.confidence.toLocaleString(view.language, { style: "percent" })} ${t("sure")}`),
    ),
  );
}

// All claims of a contested event, those that deny it beside the others.
function contestedOf(event) {
  const side = (key, numbers) => html("div", {}, html("h4", {}, `${t(key)} (${numbers.length})`), ...numbers.map(cardOf));
  const denied = event.claims.filter((number) => data.claims[number].modality === "negated");
  const affirmed = event.claims.filter((number) => !denied.includes(number));
  const sides = [["affirmed", affirmed], ["denied", denied]].filter(([, numbers]) => numbers.length > 0);
  return html(
    "section", { class: "contested", "data-testid": "contested" },
    html("h3", {}, t("contested")),
    html("div", { class: "sides" }, ...sides.map(([key, numbers]) => side(key, numbers))),
  );
}

// Cards of claims; a contested event stands once, with both sides.
function cardsOf(numbers) {
  const done = new Set();
  return numbers.flatMap((number) => {
    const place = data.claims[number].event;
    const event = data.events[place];
    if (!event || event.status !== "contested") return [cardOf(number)];
    if (done.has(place)) return [];
    done.add(place);
    return [contestedOf(event)];
  });
}

function chosenClaims(claims) {
  if (view.selected?.edge) {
    const { claims: bundled } = edgeOf.get(view.selected.edge);
    return claims.filter((number) => bundled.includes(number));
  }
  if (view.selected) return claims.filter((number) => number === view.selected.claim);
  return claims.filter((number) => data.claims[number].ends[view.level].includes(view.ego));
}

function headOf(numbers) {
  if (view.selected && numbers.length > 0) return sentenceOf(data.claims[numbers[0]]);
  return view.ego ? [nameOf(view.ego)] : [];
}

function showEvidence(claims) {
  const numbers = chosenClaims(claims);
  const count = view.selected?.claim === undefined ? ` ${numbers.length} ${t(numbers.length === 1 ? "claim" : "claims")}` : "";
  byId("evidence").replaceChildren(
    html("div", { class: "head" },
      html("h2", {}, ...headOf(numbers), html("small", {}, count)),
      button(`← ${t("back")}`, backToTable, { "data-testid": "back" })),
    ...(numbers.length ? cardsOf(numbers) : [html("p", { class: "faint" }, t("none"))]),
  );
  byId("evidence").scrollTop = 0;
}

function rowOf(number, place) {
  const claim = data.claims[number];
  const row = html(
    "tr", { tabindex: place ? -1 : 0, "data-claim": number, click: () => choose({ claim: number }) },
    html("td", {}, ...timeOf(claim).slice(0, 1)),
    html("td", {}, ...sentenceOf(claim)),
    html("td", {}, t(claim.modality)),
  );
  row.addEventListener("keydown", (event) => {
    const steps = { ArrowDown: row.nextElementSibling, ArrowUp: row.previousElementSibling, Home: row.parentNode.firstElementChild, End: row.parentNode.lastElementChild };
    if (event.key === "Enter" || event.key === " ") openByKey(number);
    else if (steps[event.key]) [row.tabIndex, steps[event.key].tabIndex] = [-1, 0];
    else return;
    event.preventDefault();
    steps[event.key]?.focus();
  });
  return row;
}

function showTable(claims, rows = ROWS) {
  const head = [t("date"), t("who"), t("modality")].map((text) => html("th", { scope: "col" }, text));
  const more = claims.length > rows ? button(`${t("more")} (${claims.length - rows})`, () => showTable(claims, rows + ROWS)) : "";
  byId("evidence").replaceChildren(
    html("h2", {}, t("table"), html("small", {}, ` ${claims.length}`)),
    html("p", { class: "faint" }, claims.length ? t("hint") : t("none")),
    html("table", { "data-testid": "claims", "aria-label": t("table") }, html("thead", {}, html("tr", {}, ...head)), html("tbody", {}, ...claims.slice(0, rows).map(rowOf))),
    more,
  );
}
