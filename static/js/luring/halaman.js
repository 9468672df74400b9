// Which of the phone's own pages belongs to this address.
import { buat } from "../dom.js";
import { kepala, kosong } from "./butir.js";
import { beranda, daftar } from "./daftar.js";
import { hp } from "./hp.js";
import { kegiatan } from "./kegiatan.js";
import { laporan } from "./laporan.js";
import { rinci } from "./rinci.js";

const RUTE = [
  [/^\/$/, beranda],
  [/^\/akseptor\/$/, daftar],
  [/^\/akseptor\/([0-9a-f-]{36})\/$/, rinci],
  [/^\/kegiatan\/$/, kegiatan],
  [/^(\/laporan\/.+)$/, laporan],
  [/^\/(hp|luring)\/$/, hp],
];

function perluSinyal(akar) {
  akar.replaceChildren(
    kepala("Perlu sinyal"),
    buat(
      "div",
      { class: "kartu" },
      kosong("Halaman ini tidak ada di HP", "Catatan, daftar, dan yang dikembalikan tetap bisa dibuka tanpa sinyal."),
    ),
    buat(
      "p",
      {},
      buat("a", { class: "btn btn-outline-primary", href: location.href }, "Coba lagi"),
      " ",
      buat("a", { class: "btn btn-primary", href: "/" }, "Ke beranda"),
    ),
  );
}

export async function gambarLuring(akar) {
  for (const [pola, halaman] of RUTE) {
    const cocok = pola.exec(location.pathname);
    if (cocok && (await halaman(akar, cocok)) !== false) return;
  }
  perluSinyal(akar);
}
