// A strip at the bottom with one way back. What it announces happens when it goes away by itself.
import { buat, ikon } from "./dom.js";

const LAMA_MS = 6000;

export function pita(teks, { urung, sesudah, lama = LAMA_MS }) {
  const ada = document.getElementById("pita-urung");
  if (ada) ada.remove();
  const jam = setTimeout(() => {
    unsur.remove();
    sesudah();
  }, lama);
  const kembali = () => {
    clearTimeout(jam);
    unsur.remove();
    urung();
  };
  const unsur = buat(
    "div",
    { class: "pita-urung", id: "pita-urung", role: "status" },
    ikon("dilayani"),
    buat("span", {}, teks),
    buat("button", { type: "button", class: "btn btn-outline-light", onclick: kembali }, "Urungkan"),
  );
  document.body.append(unsur);
}
