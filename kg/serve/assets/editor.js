"use strict";
// Puts the editor in the place of the plain form. Its completers would ask other servers and are left out.
const place = document.getElementById("yasgui");
const plain = document.getElementById("plain");
const editor = window.Yasgui.Yasgui || window.Yasgui.default || window.Yasgui;
const endpoint = new URL(place.dataset.endpoint, location.href).href;

editor.Yasqe.defaults.autocompleters = [];
const yasgui = new editor(place, {
  persistenceId: null,
  populateFromUrl: false,
  autofocus: false,
  copyEndpointOnNewTab: true,
  corsProxy: undefined,
  requestConfig: { endpoint, method: "POST", headers: {}, acceptHeaderSelect: "application/sparql-results+json", acceptHeaderGraph: "text/turtle" },
  endpointCatalogueOptions: { getData: () => [] },
  yasqe: { value: plain.elements.query.value, createShareableLink: null, resizeable: true },
});
const tab = yasgui.getTab();
tab.getYasqe().setValue(plain.elements.query.value);
plain.hidden = true;
place.dataset.ready = "1";
if (place.dataset.run) tab.query().catch(() => {}); // what went wrong stands in the answer
