// Times in the reader's own zone, the address of this server, and runs that go on.
"use strict";
const year = new Date().getFullYear();
const clock = { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" };
let zoned = false;
for (const time of document.querySelectorAll("time[data-utc]")) {
  const at = new Date(time.dataset.utc.replace(" ", "T") + "Z");
  if (!Number.isNaN(at.getTime())) {
    zoned = true;
    time.dateTime = at.toISOString();
    time.title = time.dataset.utc + " UTC";
    const parts = at.getFullYear() === year ? clock : { ...clock, year: "numeric" };
    time.textContent = at.toLocaleString(undefined, parts);
  }
}
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
const state = document.getElementById("state");
if (state) {
  const told = document.getElementById("told");
  const events = new EventSource(state.dataset.live + "/events");
  events.addEventListener("state", (event) => {
    const log = state.querySelector(".log");
    const place = log ? log.scrollTop : 0;
    state.innerHTML = event.data;
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
  events.addEventListener("over", () => {
    events.close();
    location.reload();
  });
}
