// Puts a ready next step into the fields below it, where it can be changed before it is kept.
// Everything works without this file: the choice itself is posted. It stores nothing and talks to nobody.
"use strict";
(function () {
  document.addEventListener("change", function (event) {
    const choice = event.target;
    if (!(choice instanceof HTMLInputElement) || choice.name !== "step_ready") return;
    const fields = choice.closest("fieldset");
    const what = fields && fields.querySelector("input[name=step_what]");
    const day = fields && fields.querySelector("input[name=step_day]");
    if (!what || !day) return;
    what.value = choice.dataset.what || "";
    day.value = choice.dataset.day || "";
  });
})();
