// Numbers and days as people here read them, and the colours that mean the same everywhere.
export const angka = new Intl.NumberFormat("id-ID", { maximumFractionDigits: 1 });
const hari = new Intl.DateTimeFormat("id-ID", { day: "numeric", month: "short", timeZone: "UTC" });
const hariPenuh = new Intl.DateTimeFormat("id-ID", { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" });
const utc = (iso) => new Date(`${iso}T00:00:00Z`);
export const tulisHari = (iso) => hari.format(utc(iso));
export const tulisHariPenuh = (iso) => hariPenuh.format(utc(iso));
export const tulisAngka = (n) => (n === null || n === undefined || n === "-" ? "–" : angka.format(n));
export const PLERED = "#b4532a";
export const PLERED_TUA = "#7a3112";
export const DAUN = "#0e4f45";
export const ARANG = "#1d2a2b";
export const ABU = "#434f4f";
export const GARIS = "#e6dfd2";
export const HURUF = { fontFamily: "Jakarta, system-ui, sans-serif", color: ARANG };
