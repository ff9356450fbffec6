// The reader's own zone is an extra: without this file a page tells the times of the place.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const clock = Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const date = Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const iso = Intl.DateTimeFormat("sv-SE");

// A start names its day where that is not the day of the heading, an end where it is not that of the start.
const own = (time) => {
  const at = new Date(time.dateTime);
  const start = time.closest(".when").querySelector("time");
  const told = time === start ? time.dateTime.slice(0, 10) : iso.format(new Date(start.dateTime));
  return clock.format(at) + (iso.format(at) === told ? "" : `, ${date.format(at)}`);
};

const box = document.querySelector("[data-own-zone]");
if (box) {
  // Days, and times whose zone nobody knows, have no offset and stay as they are.
  const instants = [...document.querySelectorAll(".when time")].filter((time) => /T.+[+-]\d\d:\d\d$/.test(time.dateTime));
  const texts = [
    ...instants.map((time) => [time, time.textContent, own(time)]),
    ...[...document.querySelectorAll(".zone")].map((name, nth) => [name, name.textContent, nth ? "" : `${zone} (your time zone)`]),
  ];
  box.hidden = instants.every((time) => time.textContent === own(time));
  box.querySelector("input").addEventListener("change", (event) => {
    for (const [element, there, here] of texts) element.textContent = event.target.checked ? here : there;
  });
}
