// Run in a page by test_small_screens.py; returns a sentence for each fault.
() => {
  const faults = [];
  const width = document.documentElement.clientWidth;
  const name = element => element.outerHTML.replace(/\s+/g, " ").slice(0, 110);

  function isShown(element) {
    if (!element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })) return false;
    const box = element.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && box.right > 0;
  }

  function scrollsInside(element) {
    for (let above = element.parentElement; above && above !== document.body; above = above.parentElement) {
      if (["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(above).overflowX)) return true;
    }
    return false;
  }

  if (document.documentElement.scrollWidth > width) {
    faults.push(`the page is wider than the screen by ${document.documentElement.scrollWidth - width}`);
  }
  for (const element of document.body.querySelectorAll("*")) {
    if (element.closest("svg") && element.tagName !== "svg") continue;
    if (isShown(element) && element.getBoundingClientRect().right > width + 1 && !scrollsInside(element)) {
      faults.push(`wider than the screen: ${name(element)}`);
      break;
    }
  }

  for (const place of document.querySelectorAll(".places a")) {
    if (place.getBoundingClientRect().right > width + 1) faults.push(`a place behind the edge: ${name(place)}`);
  }

  function targetOf(element) {
    if (element.matches("input[type=radio], input[type=checkbox]")) {
      // What can be hit is the box with its label.
      return element.closest("label") || document.querySelector(`label[for="${element.id}"]`) || element;
    }
    // A link whose ::after is laid over a whole row of a list: the row is what a thumb hits.
    const over = getComputedStyle(element, "::after");
    if (over.content === '""' && over.position === "absolute" && over.inset === "0px" && element.offsetParent) {
      return element.offsetParent;
    }
    return element;
  }

  const found = new Set();
  for (const element of document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")) {
    const target = targetOf(element);
    if (isShown(target) && !target.matches(".skip")) found.add(target);
  }
  const targets = Array.from(found, element => {
    const isInline = element.tagName === "A" && getComputedStyle(element).display === "inline";
    return { element, isInline, boxes: Array.from(element.getClientRects()), box: element.getBoundingClientRect() };
  });

  function distance(x, y, box) {
    return Math.hypot(Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom));
  }

  for (const one of targets) {
    const { width: wide, height: high } = one.box;
    if (!one.isInline) {
      if (wide < 43.5 || high < 43.5) faults.push(`too small (${Math.round(wide)} x ${Math.round(high)}): ${name(one.element)}`);
      continue;
    }
    for (const part of one.boxes) {
      const x = (part.left + part.right) / 2, y = (part.top + part.bottom) / 2;
      const near = targets.find(other => other !== one && other.boxes.some(box =>
        other.isInline ? Math.hypot(x - Math.min(Math.max(x, box.left), box.right), y - (box.top + box.bottom) / 2) < 24
                       : distance(x, y, box) < 12));
      if (near) faults.push(`too near: ${name(one.element)} and ${name(near.element)}`);
    }
  }
  return faults;
}
