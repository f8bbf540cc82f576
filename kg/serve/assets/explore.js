"use strict";
// The pages work without this: it adds the choice of the theme, a key for the search, and hovering in articles.
const root = document.documentElement;

const isDark = () => (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";

const theme = document.getElementById("theme");
const nameTheme = () => { theme.textContent = isDark() ? theme.dataset.light : theme.dataset.dark; };
theme.hidden = false;
nameTheme();
theme.addEventListener("click", () => {
  root.dataset.theme = isDark() ? "light" : "dark";
  localStorage.setItem("kg-theme", root.dataset.theme);
  nameTheme();
});

const search = document.querySelector(".find input");
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable], .CodeMirror");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  search.focus();
});

// In an article: pointing at words shows their claims, pointing at a claim shows its words.
const piecesOf = new Map();
for (const piece of document.querySelectorAll("[data-claims]")) {
  for (const id of piece.dataset.claims.trim().split(" ")) {
    if (!piecesOf.has(id)) piecesOf.set(id, []);
    piecesOf.get(id).push(piece);
  }
}
for (const [id, pieces] of piecesOf) {
  const card = document.getElementById(id);
  if (!card) continue;
  const show = (on) => [card, ...pieces].forEach((element) => element.classList.toggle("shown", on));
  for (const element of [card, ...pieces]) {
    element.addEventListener("mouseenter", () => show(true));
    element.addEventListener("mouseleave", () => show(false));
  }
  card.addEventListener("click", (event) => {
    if (!event.target.closest("a")) pieces[0].scrollIntoView({ block: "center", behavior: "smooth" });
  });
}

// A link to a claim of this page shows its words too.
function showTarget() {
  const id = decodeURIComponent(location.hash.slice(1));
  for (const piece of document.querySelectorAll(".target")) piece.classList.remove("target");
  const pieces = piecesOf.get(id) || [];
  for (const piece of pieces) piece.classList.add("target");
  if (pieces.length && !document.body.dataset.jumped) pieces[0].scrollIntoView({ block: "center" });
  document.body.dataset.jumped = "1";
}
addEventListener("hashchange", showTarget);
showTarget();
