// What a calendar program on Node makes of feeds: `node read.mjs PROGRAM FILE...` prints JSON, one list a file.
import fs from 'node:fs';

const seconds = (date) => date.toISOString().replace('.000Z', 'Z');

async function icaljs() {
  const ICAL = (await import('ical.js')).default;
  // Believes only the VTIMEZONEs in the file.
  const utc = (time) =>
    time.isDate ? time.toString() : time.convertToZone(ICAL.Timezone.utcTimezone).toString();
  return (text) => {
    const calendar = new ICAL.Component(ICAL.parse(text));
    ICAL.TimezoneService.reset();
    for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone);
    return calendar.getAllSubcomponents('vevent').map((component) => {
      const event = new ICAL.Event(component);
      return {
        uid: event.uid,
        summary: event.summary,
        location: event.location ?? null,
        description: event.description ?? null,
        start: utc(event.startDate),
        end: utc(event.endDate),
        status: component.getFirstPropertyValue('status'),
        sequence: event.sequence,
      };
    });
  };
}

async function nodeical() {
  const ical = (await import('node-ical')).default;
  const two = (number) => String(number).padStart(2, '0');
  const day = (date) => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const show = (date, event) => (event.datetype === 'date' ? day(date) : seconds(date));
  const plain = (value) => value?.val ?? value ?? null;
  return (text) =>
    Object.values(ical.sync.parseICS(text))
      .filter((event) => event.type === 'VEVENT')
      .map((event) => ({
        uid: event.uid,
        summary: plain(event.summary),
        location: plain(event.location),
        description: plain(event.description),
        start: show(event.start, event),
        end: show(event.end, event),
        status: event.status ?? null,
        sequence: Number(event.sequence),
      }));
}

const read = await { 'ical.js': icaljs, 'node-ical': nodeical }[process.argv[2]]();
const files = process.argv.slice(3).map((file) => read(fs.readFileSync(file, 'utf8')));
console.log(JSON.stringify(files));
