// Shows the issue anew when it was built anew, and keeps everyone's place.

import { become } from "./become.js";

const page = document.documentElement;
const status = document.querySelector("[role=status]");
const form = document.querySelector("form.view");
const places = new Map();

const NEWS = { current: "Live", change: "Updated" };
let said = "Live";

const say = (words, state = "") => {
  said = words;
  // A screen reader says again what is written again.
  if (status.textContent !== words) status.textContent = words;
  status.dataset.state = state;
};

const framesIn = (root) => [...root.querySelectorAll("iframe[data-frame]")];
const partsOf = (root) => [...root.querySelectorAll("[data-part]")];
const shapeOf = (root) => [...root.querySelectorAll("main [data-part], main [data-frame]")]
  .map((element) => element.dataset.part ?? element.dataset.frame).join();

const keepPlace = (frame) => places.set(frame.dataset.frame, frame.contentWindow.scrollY);

const settle = (frame) => {
  const { contentWindow: within, contentDocument: shown } = frame;
  if (frame.dataset.frame === "phone") {
    // A phone's scroll bar takes no room; a desktop browser's would make the phone narrower than it is.
    const sheet = new within.CSSStyleSheet();
    sheet.replaceSync("html { scrollbar-width: none }");
    shown.adoptedStyleSheets = [sheet];
  }
  within.scrollTo({ top: places.get(frame.dataset.frame) ?? 0, behavior: "instant" });
};

// A frame's own address is the one it was loaded from; what it shows since may be a later edition.
const sourceOf = (frame) => frame.dataset.source ?? frame.getAttribute("src");
const isShown = ({ contentDocument: shown }) => shown?.readyState === "complete" && shown.URL !== "about:blank";

// What a frame shows becomes the new edition. A frame that shows nothing yet, or what cannot become so, loads it.
const renew = (frame, source, edition) => {
  frame.dataset.source = source;
  if (edition && isShown(frame) && turnInto(frame.contentDocument, edition)) return;
  keepPlace(frame);
  frame.setAttribute("src", source);
};

const turnInto = (shown, edition) => {
  // The mode of a document is given when it is loaded, and templates hold what cannot be compared.
  if (edition.compatMode !== shown.compatMode || edition.getElementsByTagName("template").length) return false;
  try {
    become(shown, edition);
    return true;
  } catch {
    // An element may be named as what it is asked by, on purpose or not.
    return false;
  }
};

const replacePart = (part, next) => {
  // Until it has come, what stood there stays.
  if (next.hasAttribute("aria-busy")) part.setAttribute("aria-busy", "true");
  else {
    const opened = new Map([...part.querySelectorAll("details[id]")].map((details) => [details.id, details.open]));
    for (const details of next.querySelectorAll("details[id]")) details.open = opened.get(details.id) ?? details.open;
    become(part, next);
  }
};

// The editions by their addresses: as they came along with the page, else asked for. Each is read once, however many
// frames show it, and by a frame's own rules: the page around allows no style in an element.
class Editions {
  #pushed;
  #read = new Map();

  constructor(pushed = {}) {
    this.#pushed = pushed;
  }

  for(frame, source) {
    if (!this.#read.has(source)) this.#read.set(source, this.#readIn(frame.contentWindow, source));
    return this.#read.get(source);
  }

  async #readIn(within, source) {
    const html = this.#pushed[source] ?? await this.#ask(source);
    return html && new within.DOMParser().parseFromString(html, "text/html");
  }

  async #ask(source) {
    const answer = await fetch(source);
    return answer.ok ? answer.text() : undefined;
  }
}

const show = async (next, editions) => {
  const main = document.querySelector("main");
  if (shapeOf(document) === shapeOf(next)) {
    for (const frame of framesIn(main)) {
      const other = next.querySelector(`[data-frame="${frame.dataset.frame}"]`);
      const source = other.getAttribute("src");
      // An edition that is still to come is asked for when it has.
      if (source !== sourceOf(frame) && !other.closest("[aria-busy]"))
        renew(frame, source, isShown(frame) && await editions.for(frame, source));
    }
    main.dataset.devices = next.querySelector("main").dataset.devices ?? "";
    for (const part of partsOf(main)) replacePart(part, next.querySelector(`main [data-part="${part.dataset.part}"]`));
  } else {
    framesIn(main).forEach(keepPlace);
    main.replaceWith(next.querySelector("main"));
  }
  for (const part of partsOf(document.querySelector("header")))
    become(part, next.querySelector(`header [data-part="${part.dataset.part}"]`));
  document.title = next.title;
  page.dataset.version = next.documentElement.dataset.version;
};

const ask = async () => ({ page: await (await fetch(location.href)).text() });

let turn = Promise.resolve();
const refresh = (words, pushed) => {
  turn = turn.then(async () => {
    const { page: html, frames } = pushed ?? await ask();
    await show(new DOMParser().parseFromString(html, "text/html"), new Editions(frames));
    say(words, "live");
  }).catch(() => say("Disconnected", "lost"));
};

let events;
const listen = () => {
  if (events || document.hidden) return;
  // The page's own form says how it is looked at, and is sent it so; other pages ask.
  const isSent = form && location.pathname === "/";
  events = new EventSource(isSent ? `/events?page&${new URLSearchParams(new FormData(form))}` : "/events");
  let pushed;
  const hear = ({ type, data }) => {
    if (data === page.dataset.version) say("Live", "live");
    else refresh(NEWS[type] ?? said, pushed?.version === data ? pushed : undefined);
  };
  events.addEventListener("page", ({ data }) => { pushed = JSON.parse(data); });
  for (const type of ["current", "change", "more"]) events.addEventListener(type, hear);
  events.addEventListener("error", () => say("Disconnected", "lost"));
};

const leave = () => {
  events?.close();
  events = undefined;
};

// A browser opens only a few connections to one host: a tab nobody looks at gives its own back.
document.addEventListener("visibilitychange", () => {
  if (document.hidden) leave();
  else listen();
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
  leave();
  listen();
});
form?.addEventListener("submit", (event) => event.preventDefault());

document.addEventListener("load", ({ target }) => {
  if (target.matches?.("iframe[data-frame]")) settle(target);
}, true);
framesIn(document).forEach((frame) => frame.contentDocument?.readyState === "complete" && settle(frame));

listen();
