// Without signal: a returned report, with the officer's reasons and what she had filled in.
import { buat, ikon } from "../dom.js";
import { bacaRingkas } from "../hp/ringkas.js";
import { kepala, TANPA_SINYAL } from "./butir.js";

export async function laporan(akar, [, alamat]) {
  const l = (await bacaRingkas()).laporan.find((x) => x.alamat === alamat);
  if (!l) return false;
  akar.replaceChildren(
    buat("p", { class: "remah" }, buat("a", { href: "/" }, "← Beranda")),
    kepala(l.judul, TANPA_SINYAL),
    buat(
      "div",
      { class: "alert alert-danger" },
      ikon("dikembalikan"),
      buat(
        "div",
        {},
        buat("b", {}, "Dikembalikan petugas"),
        l.alasan.map((t) => buat("p", {}, t)),
      ),
    ),
    ...l.bagian.map((b) =>
      buat(
        "section",
        { class: "kartu" },
        buat("h2", {}, b.judul),
        b.alasan ? buat("p", { class: "catatan-bagian" }, b.alasan) : null,
        buat(
          "dl",
          { class: "rincian" },
          b.isi.map(([k, v]) => [buat("dt", {}, k), buat("dd", {}, v)]),
        ),
      ),
    ),
    buat("p", {}, "Laporan diperbaiki dan dikirim lagi saat ada sinyal."),
  );
  return true;
}
