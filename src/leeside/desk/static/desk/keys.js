// Keys for the queue: j and k move, t takes, a marks a row to be assigned, s opens the search, "/" goes to the filter.
// Keys for a case: r goes to the answer, n to the note, q back to the queue.
// Everything works without this file. It reads nothing, stores nothing and talks to nobody.
"use strict";
(function () {
  const rows = Array.from(document.querySelectorAll(".queue > .case"));
  let at = -1;

  function isTyping(target) {
    return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
  }

  function move(step) {
    if (rows.length === 0) return;
    at = Math.min(rows.length - 1, Math.max(0, at + step));
    const link = rows[at].querySelector("a.n");
    if (link) link.focus();
    rows[at].scrollIntoView({ block: "nearest" });
  }

  // The letter that was pressed is not typed into the field.
  function goTo(selector, event) {
    const field = document.querySelector(selector);
    if (!field) return;
    field.focus();
    field.scrollIntoView({ block: "center" });
    event.preventDefault();
  }

  document.addEventListener("focusin", function (event) {
    const row = event.target instanceof Element ? event.target.closest(".queue > .case") : null;
    if (row) at = rows.indexOf(row);
  });

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    // By place on the keyboard, so that they work in a Cyrillic layout too.
    if (event.code === "KeyJ") move(1);
    else if (event.code === "KeyK") move(-1);
    else if (event.code === "KeyT" && at >= 0) {
      const take = rows[at].querySelector("button[data-key=take]");
      if (take) take.click();
    } else if (event.code === "KeyA" && at >= 0) {
      const pick = rows[at].querySelector(".pick input");
      const people = document.querySelector("#many select");
      if (!pick || !people) return;
      pick.checked = true;
      people.focus();
      event.preventDefault();
    } else if (event.code === "KeyS") {
      const search = document.querySelector('.places a[href$="/search/"]');
      if (search) search.click();
    } else if (event.code === "KeyR") goTo("#answer-text", event);
    else if (event.code === "KeyN") goTo("#note-text", event);
    else if (event.code === "KeyQ") {
      const back = document.querySelector(".case-head .back");
      if (back) back.click();
    } else if (event.key === "/" || (event.code === "Slash" && event.key === ".")) {
      // The second is the same key in a Cyrillic layout.
      const search = document.querySelector("input[type=search]");
      if (!search) return;
      search.focus();
      event.preventDefault();
    }
  });
})();
