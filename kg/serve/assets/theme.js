"use strict";
// Runs before the page is drawn: the chosen theme, else that of the system.
const chosen = localStorage.getItem("kg-theme");
if (chosen === "dark" || chosen === "light") document.documentElement.dataset.theme = chosen;
