// One key locks the desk: L, or Escape twice. The page goes blank at once, in other tabs of this desk too, and after
// half an hour without a touch. What was typed goes along with the lock and comes back after signing in.
// Everything works without this file: the Lock button is a plain form. It stores nothing and talks to nobody else.
"use strict";
(function () {
  const button = document.querySelector("button[data-key=lock]");
  if (!button) return;
  const IDLE_MS = 30 * 60 * 1000;
  const tabs = typeof BroadcastChannel === "function" ? new BroadcastChannel("leeside-lock") : null;
  let escapeAt = 0;
  let idle = 0;

  function isTyping(target) {
    return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
  }

  function blank() {
    document.documentElement.hidden = true;
    document.title = "";
  }

  // The one long text that was being typed travels with the lock, so that it stands in the page after signing in.
  // Says whether there was one.
  function carryText() {
    const texts = Array.from(document.querySelectorAll("main form[method=post]")).filter(function (form) {
      return Array.from(form.querySelectorAll("textarea")).some((area) => area.value !== area.defaultValue);
    });
    const form = texts.find((one) => one.contains(document.activeElement)) || texts[0];
    if (!form) return false;
    for (const [name, value] of new FormData(form)) {
      if (typeof value !== "string" || name === "csrfmiddlewaretoken" || name === "way") continue;
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = "carry-" + name;
      field.value = value;
      button.form.append(field);
    }
    const back = document.createElement("input");
    back.type = "hidden";
    back.name = "resume";
    back.value = new URL(form.action).pathname;
    button.form.append(back);
    return true;
  }

  // Another tab was locked: this one goes the same way and takes its text along. `submit` tells no other tab again.
  function follow() {
    const carries = carryText();
    blank();
    if (!carries) {
      window.location.reload();
      return;
    }
    const way = document.createElement("input");
    way.type = "hidden";
    way.name = button.name;
    way.value = button.value;
    button.form.append(way);
    button.form.submit();
  }

  function lock() {
    button.form.requestSubmit(button);
  }

  function restart() {
    window.clearTimeout(idle);
    idle = window.setTimeout(lock, IDLE_MS);
  }

  if (tabs) {
    tabs.addEventListener("message", follow);
  }
  // By the key, by the button, by the clock: whichever way, what was typed goes along.
  button.form.addEventListener("submit", function () {
    carryText();
    blank();
    if (tabs) tabs.postMessage("locked");
  });
  for (const kind of ["keydown", "pointerdown", "scroll"]) document.addEventListener(kind, restart, { passive: true });
  restart();
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      const now = event.timeStamp;
      if (now - escapeAt < 600) lock();
      escapeAt = now;
    } else if (event.code === "KeyL" && !event.shiftKey && !isTyping(event.target)) lock();
  });
})();
