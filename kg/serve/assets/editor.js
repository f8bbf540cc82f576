"use strict";
// Puts the editor in the place of the plain form. Its completers would ask other servers and are left out.
const OURS = "https://w3id.org/diplokg/";
const place = document.getElementById("yasgui");
const plain = document.getElementById("plain");
const { Yasgui: Editor = window.Yasgui } = window.Yasgui;
const query = plain.elements.query.value;

Editor.Yasqe.defaults.autocompleters = [];
const editor = new Editor(place, {
  persistenceId: null,
  populateFromUrl: false,
  autofocus: false,
  copyEndpointOnNewTab: true,
  requestConfig: {
    endpoint: new URL(place.dataset.endpoint, location.href).href,
    method: "POST",
    headers: {},
    acceptHeaderSelect: "application/sparql-results+json",
    acceptHeaderGraph: "text/turtle",
  },
  endpointCatalogueOptions: { getData: () => [] },
  yasqe: {
    value: query,
    editorHeight: "380px",
    createShareableLink: (yasqe) => `${location.origin}${location.pathname}?query=${encodeURIComponent(yasqe.getValue())}`,
  },
  yasr: { prefixes: JSON.parse(place.dataset.prefixes), maxPersistentResponseSize: 0 },
});

const tab = editor.getTab();
tab.getYasqe().setValue(query);
plain.hidden = true;
place.dataset.ready = "1";
const table = tab.getYasr()?.config.plugins.table;
if (table) table.dynamicConfig = { compact: true, isEllipsed: false }; // names and numbers without their datatypes
if (place.dataset.run) tab.query().catch(() => {}); // what went wrong stands in the answer

// Things of the graph have their pages here, not at their addresses.
place.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link || !link.href.startsWith(OURS)) return;
  event.preventDefault();
  window.open(`/resource?iri=${encodeURIComponent(link.href)}`, "_blank", "noopener");
}, true);
