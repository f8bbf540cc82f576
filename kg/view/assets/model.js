// The data, what its reader has chosen, and what is therefore shown. Nothing here touches the page.
const parse = (id) => JSON.parse(byId(id).textContent);

const data = parse("data");
const everyNode = parse("nodes");
const everyEdge = parse("edges");
const nodeOf = new Map(everyNode.map((node) => [node.id, node]));
const edgeOf = new Map(everyEdge.map((edge) => [edge.id, edge]));
const familyOf = new Map(data.families.map((family) => [family.id, family]));

const MANY = 150; // actors up to which all are drawn: beyond, labels no longer find room
const STRONGEST = 100; // actors drawn where there are more than MANY
const TOO_MANY = 3000; // actors beyond which the page opens on the level of states

const actorCount = everyNode.filter((node) => node.level === "actor").length;
const outletOf = (claim) => data.articles[claim.article].publisher;
const NARRATOR = -1;

// Days become months, and months years, until the periods fit on the timeline.
const PERIODS = 92;
const days = data.claims.map((claim) => claim.from).filter(Boolean);
const grain = [10, 7, 4].find((length) => new Set(days.map((day) => day.slice(0, length))).size <= PERIODS) ?? 4;
const periodOf = (day) => day.slice(0, grain);
const periods = [...new Set(days.map(periodOf))].sort();

const everything = () => ({
  relations: new Set(Object.keys(data.relations)),
  modalities: new Set(data.modalities.map((modality) => modality.id)),
  outlets: new Set(data.articles.map((article) => article.publisher)),
  speaker: "", // "" for all, else the number of a speaker, or NARRATOR
  first: 0,
  last: Math.max(periods.length - 1, 0),
  ego: null, // id of a node
  selected: null, // {edge: id} or {claim: number}
  all: false, // draw more than the strongest
});

const startLevel = data.level ?? (actorCount > TOO_MANY && everyNode.length - actorCount < actorCount ? "state" : "actor");
const view = { language: data.language, dark: false, level: startLevel, ...everything() };

const t = (key) => WORDS[view.language][key];
const named = (labels) => labels[view.language];
const nameOf = (id) => named(nodeOf.get(id).names);
const relationName = (relation) => named(data.relations[relation]);
const familyOfRelation = (relation) => familyOf.get(data.relations[relation].family);

function inPeriod(claim) {
  if (view.first === 0 && view.last === Math.max(periods.length - 1, 0)) return true;
  if (!claim.from) return false;
  return periodOf(claim.from) <= periods[view.last] && periodOf(claim.to) >= periods[view.first];
}

function spokenBy(claim) {
  if (view.speaker === "") return true;
  return view.speaker === NARRATOR ? claim.speakers.length === 0 : claim.speakers.includes(view.speaker);
}

const fits = (claim) =>
  view.relations.has(claim.relation) && view.modalities.has(claim.modality) && view.outlets.has(outletOf(claim)) &&
  spokenBy(claim) && inPeriod(claim);

// Numbers of the claims that fit the filters; with a focus, those among it and its neighbours.
function shownClaims() {
  const fitting = data.claims.flatMap((claim, number) => (fits(claim) ? [number] : []));
  if (view.ego === null) return fitting;
  const endsOf = (number) => data.claims[number].ends[view.level];
  const circle = new Set([view.ego, ...fitting.map(endsOf).filter((ends) => ends.includes(view.ego)).flat()]);
  return fitting.filter((number) => endsOf(number).every((end) => circle.has(end)));
}

// What is drawn: {claims, nodes, edges, candidates}; nodes with their number of claims shown, edges with theirs.
function picture() {
  const claims = shownClaims();
  const weights = new Map(view.ego === null ? [] : [[view.ego, 1]]);
  for (const number of claims)
    for (const end of new Set(data.claims[number].ends[view.level])) weights.set(end, (weights.get(end) ?? 0) + 1);
  let ids = [...weights.keys()].sort((a, b) => weights.get(b) - weights.get(a) || (a < b ? -1 : 1));
  const candidates = ids.length;
  if (!view.all && view.ego === null && ids.length > MANY) ids = ids.slice(0, STRONGEST);
  const drawn = new Set(ids);
  const shown = new Set(claims);
  const edges = everyEdge
    .filter((edge) => edge.level === view.level && drawn.has(edge.from) && drawn.has(edge.to))
    .map((edge) => ({ ...edge, shown: edge.claims.filter((number) => shown.has(number)) }))
    .filter((edge) => edge.shown.length > 0);
  const nodes = ids.map((id) => ({ ...nodeOf.get(id), weight: weights.get(id) }));
  return { claims, nodes, edges, candidates };
}
