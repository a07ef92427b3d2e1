// Times in the reader's own zone, the address of this server, and runs that go on.
"use strict";
const year = new Date().getFullYear();
const clock = { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" };
function dates(within) {
  let zoned = false;
  for (const time of within.querySelectorAll("time[data-utc]")) {
    const at = new Date(time.dataset.utc.replace(" ", "T") + "Z");
    if (!Number.isNaN(at.getTime())) {
      zoned = true;
      time.dateTime = at.toISOString();
      time.title = time.dataset.utc + " UTC";
      const parts = at.getFullYear() === year ? clock : { ...clock, year: "numeric" };
      time.textContent = at.toLocaleString(undefined, parts);
    }
  }
  return zoned;
}
const zoned = dates(document);
const zone = document.querySelector("[data-zone]");
if (zone && zoned) {
  const offset = new Intl.DateTimeFormat("en", { timeZoneName: "longOffset" })
    .formatToParts().find((part) => part.type === "timeZoneName").value.replace("GMT", "UTC").replace("+00:00", "");
  const name = Intl.DateTimeFormat().resolvedOptions().timeZone;
  zone.textContent = "Times are those of your zone: " + (name === offset ? name : name + ", " + offset) + ".";
  zone.hidden = false;
}
// on a phone the parts of a project are wider than the page: the one that is shown comes into view
const part = document.querySelector(".parts [aria-current]");
if (part) {
  const parts = part.closest("ul");
  parts.scrollLeft = part.offsetLeft - (parts.clientWidth - part.offsetWidth) / 2;
}
for (const command of document.querySelectorAll("main pre[tabindex]")) {
  const around = document.createElement("div");
  const copy = document.createElement("button");
  around.className = "copied";
  copy.type = "button";
  copy.className = "copy plain";
  copy.textContent = "Copy";
  copy.setAttribute("aria-label", "Copy this: " + command.textContent.trim().slice(0, 60));
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(command.textContent);
      copy.textContent = "Copied";
    } catch {
      // no clipboard without HTTPS elsewhere than on this machine: it is chosen, to be copied by hand
      getSelection().selectAllChildren(command);
      copy.textContent = "Chosen";
    }
  });
  command.replaceWith(around);
  around.append(command, copy);
}
for (const here of document.querySelectorAll("[data-here]")) {
  here.textContent = location.origin;
}
const again = document.querySelector("[data-again]");
if (again) {
  setTimeout(() => location.reload(), Number(again.dataset.again));
}
// what changes while somebody looks, unless they are about to press something in it
const board = document.querySelector("[data-board]");
if (board) {
  setInterval(async () => {
    if (document.hidden || board.contains(document.activeElement) || !getSelection().isCollapsed) {
      return;
    }
    try {
      const answer = await fetch(board.dataset.board + "&part=board", { redirect: "error" });
      if (answer.ok) {
        const open = board.querySelector("details")?.open;
        board.replaceChildren(fragment(await answer.text()));
        const days = board.querySelector("details");
        if (days && open) {
          days.open = true;
        }
      }
    } catch {
      // the server is away: what was there stays, and it is asked again
    }
  }, 10_000);
}
// the time of the day, where the date is known
function clocks(within) {
  for (const time of within.querySelectorAll("time[data-clock]")) {
    const at = new Date(time.dataset.clock);
    if (!Number.isNaN(at.getTime())) {
      time.dateTime = time.dataset.clock;
      time.textContent = at.toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
    }
  }
}
function fragment(html) {
  const fresh = document.createElement("template");
  fresh.innerHTML = html;
  clocks(fresh.content);
  dates(fresh.content);
  return fresh.content;
}
// what a run prints: bounded, at its newest line unless somebody scrolled up
function outputPanel(section) {
  const most = 1000;
  const list = section.querySelector("[role=log]");
  const sources = section.querySelector("[data-sources]");
  const newest = section.querySelector("[data-newest]");
  const known = new Set();
  let last = Number(section.dataset.last);
  let follows = true;
  const down = () => { list.scrollTop = list.scrollHeight; };
  const wanted = (line) => sources.value === "" || !line.dataset.source || line.dataset.source === sources.value;
  const meet = (line) => {
    if (line.dataset.source && !known.has(line.dataset.source)) {
      known.add(line.dataset.source);
      sources.add(new Option(line.dataset.name, line.dataset.source));
    }
    line.hidden = !wanted(line);
  };
  list.addEventListener("scroll", () => {
    follows = list.scrollHeight - list.scrollTop - list.clientHeight < 8;
    newest.hidden = follows;
  });
  newest.addEventListener("click", () => { down(); list.focus(); });
  sources.addEventListener("change", () => {
    [...list.children].forEach((line) => { line.hidden = !wanted(line); });
    down();
  });
  section.querySelector("[data-aloud]").addEventListener("change", (event) => {
    list.setAttribute("aria-live", event.target.checked ? "polite" : "off");
  });
  section.querySelector("[data-tools]").hidden = false;
  [...list.children].forEach(meet);
  down();
  return (lines) => {
    for (const line of [...lines.children]) {
      const place = Number(line.dataset.place);
      if (place > last) {
        const first = Number(line.dataset.first);
        if (first > last + 1) {
          const gap = document.createElement("div");
          gap.className = "left";
          gap.textContent = (first - last - 1).toLocaleString("en") + " lines were too many to be shown here.";
          list.append(gap);
        }
        last = place;
        meet(line);
        list.append(line);
      }
    }
    while (list.children.length > most) {
      list.firstElementChild.remove();
    }
    list.hidden = false;
    section.querySelector(".empty").hidden = true;
    if (follows) {
      down();
    }
  };
}
clocks(document);
const state = document.getElementById("state");
if (state) {
  const told = document.getElementById("told");
  const section = state.querySelector("[data-output]");
  const print = outputPanel(section);
  const events = new EventSource(state.dataset.live + "/events?after=" + section.dataset.last);
  // how long checks run is counted from what the server says, as clocks differ
  let since = performance.now();
  setInterval(() => {
    for (const elapsed of state.querySelectorAll("[data-seconds]")) {
      const seconds = Number(elapsed.dataset.seconds) + Math.floor((performance.now() - since) / 1000);
      const two = (number) => String(number).padStart(2, "0");
      elapsed.textContent = seconds < 60 ? seconds + " s"
        : seconds < 3600 ? Math.floor(seconds / 60) + " min " + two(seconds % 60) + " s"
          : Math.floor(seconds / 3600) + " h " + two(Math.floor(seconds / 60) % 60) + " min";
    }
  }, 1000);
  events.addEventListener("state", (event) => {
    const log = state.querySelector(".log");
    const place = log ? log.scrollTop : 0;
    for (const part of fragment(event.data).querySelectorAll("[data-part]")) {
      document.querySelector("[data-part=" + part.dataset.part + "]").replaceChildren(...part.childNodes);
    }
    since = performance.now();
    const now = state.querySelector(".log");
    if (now) {
      now.scrollTop = place;
    }
    // told only when it changes, so that nobody is read the whole page twice a second
    const progress = state.querySelector("[data-progress]").textContent;
    if (told.textContent !== progress) {
      told.textContent = progress;
    }
  });
  events.addEventListener("output", (event) => print(fragment(event.data)));
  events.addEventListener("over", () => {
    events.close();
    location.reload();
  });
}
