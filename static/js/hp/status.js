// Two honest numbers on every page of hers: what the server confirmed, what is still only on this phone.
import { buat, ikon } from "../dom.js";
import { hitungAntrean } from "./antrean.js";
import { sesiBerakhir } from "./brankas.js";
import { ambil, dengarkan } from "./gudang.js";
import { bacaRingkas } from "./ringkas.js";
import { ruang } from "./ruang.js";

async function gambar(tempat) {
  const [{ hp, tindakan }, ringkas, pesanJam, berakhir, r] = await Promise.all([
    hitungAntrean(),
    bacaRingkas(),
    ambil("perangkat", "pesan-jam"),
    sesiBerakhir(),
    ruang(),
  ]);
  const diterima = ringkas.diterima === null || ringkas.diterima === undefined ? "–" : ringkas.diterima;
  tempat.replaceChildren(
    buat(
      "a",
      { href: "/hp/", class: tindakan ? "perlu" : hp ? "menunggu" : "beres" },
      buat("span", {}, ikon("dilayani"), buat("b", { id: "angka-diterima" }, String(diterima)), " diterima server"),
      buat("span", {}, ikon(hp ? "jam" : "ponsel"), buat("b", { id: "angka-hp" }, String(hp)), " masih di HP ini"),
      tindakan
        ? buat("span", { class: "tindakan" }, ikon("peringatan"), buat("b", {}, String(tindakan)), " perlu tindakan")
        : null,
    ),
  );
  const catatan = (...isi) =>
    tempat.append(buat("p", { class: "pesan-jam" }, ikon("peringatan"), buat("span", {}, isi)));
  if (berakhir)
    catatan(
      "Sesi berakhir. Catatan Anda aman di HP ini: ",
      buat("a", { href: "/masuk/" }, "masuk lagi"),
      " supaya terkirim.",
    );
  if (r && r.sempit) catatan("Ruang HP hampir habis. ", buat("a", { href: "/hp/" }, "Lihat yang bisa dilakukan"), ".");
  if (pesanJam) catatan(pesanJam);
  tempat.hidden = false;
}

export async function pasangStatus() {
  const tempat = document.getElementById("status-hp");
  if (!tempat) return;
  let sedang = null;
  let giliran = Promise.resolve();
  // One drawing after the other, so that what was read first is never drawn last.
  const gambarLagi = () => {
    sedang = null;
    const ini = giliran.then(() => gambar(tempat));
    giliran = ini.catch(() => null);
    return ini;
  };
  // Many changes in one moment are one drawing, after the word that she waits for.
  const lagi = () => {
    sedang = sedang || setTimeout(() => gambarLagi().catch(() => null), 200);
  };
  dengarkan(lagi); // the worker and other tabs
  window.addEventListener("poskb:berubah", lagi);
  await gambarLagi();
}

// What this phone cannot do is said once, and the plain form goes on working.
export function tidakBisaMenyimpan(sebab) {
  const tempat = document.getElementById("status-hp");
  if (!tempat) return;
  tempat.replaceChildren(buat("p", { class: "pesan-jam", id: "tanpa-gudang" }, ikon("peringatan"), sebab));
  tempat.hidden = false;
}
