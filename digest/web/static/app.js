// Shows the issue anew when it was built anew, and keeps everyone's place.

const page = document.documentElement;
const status = document.querySelector("[role=status]");
const form = document.querySelector("form.view");
const places = new Map();

const say = (words, state = "") => {
  status.textContent = words;
  status.dataset.state = state;
};

const framesIn = (root) => [...root.querySelectorAll("iframe[data-frame]:not(.arriving)")];
const shapeOf = (root) => [...root.querySelectorAll("main [data-part], main [data-frame]")]
  .map((element) => element.dataset.part ?? element.dataset.frame).join();

const keepPlace = (frame) => places.set(frame.dataset.frame, frame.contentWindow.scrollY);

const settle = (frame) => {
  // A phone's scroll bar takes no room; a desktop browser's would make the phone narrower than it is.
  if (frame.dataset.frame === "phone") frame.contentDocument.documentElement.style.scrollbarWidth = "none";
  frame.contentWindow.scrollTo({ top: places.get(frame.dataset.frame) ?? 0, behavior: "instant" });
};

// The new edition loads out of sight and then takes the old one's place, so that nothing flickers.
const renew = (frame, source) => {
  for (const earlier of frame.parentElement.querySelectorAll(".arriving")) earlier.remove();
  const arriving = frame.cloneNode();
  arriving.classList.add("arriving");
  arriving.addEventListener("load", () => {
    keepPlace(frame);
    settle(arriving);
    const focused = document.activeElement === frame;
    frame.remove();
    arriving.classList.remove("arriving");
    if (focused) arriving.focus();
  }, { once: true });
  arriving.setAttribute("src", source);
  frame.after(arriving);
};

const replacePart = (part, next) => {
  const { scrollTop, scrollLeft } = part;
  const opened = new Map([...part.querySelectorAll("details[id]")].map((details) => [details.id, details.open]));
  for (const details of next.querySelectorAll("details[id]")) details.open = opened.get(details.id) ?? details.open;
  part.replaceWith(next);
  next.scrollTo(scrollLeft, scrollTop);
};

const show = (next) => {
  const main = document.querySelector("main");
  document.title = next.title;
  for (const part of document.querySelectorAll("header [data-part]"))
    part.replaceWith(next.querySelector(`header [data-part="${part.dataset.part}"]`));
  if (shapeOf(document) === shapeOf(next)) {
    main.dataset.devices = next.querySelector("main").dataset.devices ?? "";
    for (const part of main.querySelectorAll("[data-part]"))
      replacePart(part, next.querySelector(`[data-part="${part.dataset.part}"]`));
    for (const frame of framesIn(main)) {
      const source = next.querySelector(`[data-frame="${frame.dataset.frame}"]`).getAttribute("src");
      if (source !== frame.getAttribute("src")) renew(frame, source);
    }
  } else {
    framesIn(main).forEach(keepPlace);
    main.replaceWith(next.querySelector("main"));
  }
  page.dataset.version = next.documentElement.dataset.version;
};

let turn = Promise.resolve();
const refresh = (words) => {
  turn = turn.then(async () => {
    const answer = await fetch(location.href);
    show(new DOMParser().parseFromString(await answer.text(), "text/html"));
    say(words, "live");
  }).catch(() => say("Disconnected", "lost"));
};

let events;
const listen = () => {
  if (events || document.hidden) return;
  events = new EventSource("/events");
  const hear = ({ data }) => {
    if (data === page.dataset.version) say("Live", "live");
    else refresh("Updated");
  };
  events.addEventListener("current", hear);
  events.addEventListener("change", hear);
  events.addEventListener("error", () => say("Disconnected", "lost"));
};

// A browser opens only a few connections to one host: a tab nobody looks at gives its own back.
document.addEventListener("visibilitychange", () => {
  if (document.hidden) {
    events?.close();
    events = undefined;
  } else listen();
});

// What a finding or a story points to, in the edition that its link leads to: headings first, since a headline also
// stands in the contents; else the smallest element that holds the words.
const plain = (text) => text.replace(/\s+/g, " ").trim();
const shownIn = (element) => element.checkVisibility?.() ?? true;
const holding = (root, words) => {
  const holds = (element) => shownIn(element) && plain(element.textContent).includes(words);
  const heading = [...root.querySelectorAll("h1, h2, h3")].find(holds);
  let found = heading ?? (holds(root) ? root : undefined);
  for (let inner = found; inner; inner = [...found.children].find(holds)) found = inner;
  return found;
};

const seek = (section, words) => {
  const wanted = plain(words);
  const frame = framesIn(section).find(shownIn);
  const root = frame ? frame.contentDocument.body : section.querySelector("pre, h1, table") ?? section;
  const found = wanted && (holding(root, wanted) ?? (frame || root.matches("pre") ? undefined : root));
  if (!found) return;
  const range = found.ownerDocument.createRange();
  range.selectNodeContents(found);
  if (found.matches("pre")) {
    const pattern = wanted.split(" ").map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("\\s+");
    const place = new RegExp(pattern).exec(found.textContent);
    const text = found.firstChild;
    if (place && text.nodeType === Node.TEXT_NODE) {
      range.setStart(text, place.index);
      range.setEnd(text, place.index + place[0].length);
      const box = found.getBoundingClientRect();
      found.scrollTop += range.getBoundingClientRect().top - box.top - box.height / 3;
    }
  } else if (frame) {
    const top = found.getBoundingClientRect().top + frame.contentWindow.scrollY;
    frame.contentWindow.scrollTo({ top: top - 80, behavior: "instant" });
  }
  const selection = found.ownerDocument.getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
};

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-find]");
  const section = link && document.getElementById(link.hash.slice(1));
  // The browser goes to the section by itself; this goes on to the words in it.
  if (section) seek(section, link.dataset.find);
});

document.addEventListener("submit", async (event) => {
  if (!event.target.matches("form.collect")) return;
  event.preventDefault();
  say("Collecting…", "busy");
  const answer = await fetch(event.target.action, { method: "POST", redirect: "manual" });
  if (answer.type !== "opaqueredirect") say("Not collected: reload the page", "lost");
});

form?.addEventListener("change", () => {
  history.replaceState(null, "", `?${new URLSearchParams(new FormData(form))}${location.hash}`);
  refresh("Live");
});
form?.addEventListener("submit", (event) => event.preventDefault());

document.addEventListener("load", ({ target }) => {
  if (target.matches?.("iframe[data-frame]:not(.arriving)")) settle(target);
}, true);
framesIn(document).forEach((frame) => frame.contentDocument?.readyState === "complete" && settle(frame));

listen();
