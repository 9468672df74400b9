// Pieces of the pages that the phone draws itself, in the shapes of the server's pages.
import { buat, ikon, tulisTanggal } from "../dom.js";

export const TANPA_SINYAL = "Tanpa sinyal. Yang tampak di sini tersimpan di HP ini.";

export const lencana = (kode, teks) => buat("span", { class: `lencana lencana-${kode}` }, ikon(kode), teks);

export function butirCatatan(r) {
  const bawah = [r.nama_metode, tulisTanggal(r.tanggal_pelayanan), r.nama_faskes].filter(Boolean).join(" · ");
  return buat(
    "li",
    {},
    buat(
      "a",
      { class: "butir", href: `/akseptor/${r.akseptor}/` },
      buat("div", { class: "atas" }, buat("b", {}, r.nama_istri), lencana(r.tahap, r.nama_tahap)),
      buat("div", { class: "bawah" }, bawah),
      r.perlu_tinjau ? buat("div", { class: "bawah" }, "Mirip catatan lain: menunggu petugas.") : null,
      r.tahap === "dikembalikan" ? buat("div", { class: "alasan" }, r.alasan) : null,
    ),
  );
}

export const daftarKartu = (butir) => buat("ul", { class: "daftar-kartu" }, butir);

export const kosong = (judul, teks) =>
  buat("div", { class: "kosong" }, ikon("kosong"), buat("h2", {}, judul), buat("p", {}, teks));

export const kepala = (judul, ...keterangan) =>
  buat(
    "header",
    { class: "kepala-halaman" },
    buat("div", {}, buat("h1", {}, judul), keterangan.length ? buat("p", {}, keterangan) : null),
  );

export const tugas = (namaIkon, judul, isi, tombol, kelas = "mendesak") =>
  buat(
    "li",
    { class: kelas },
    ikon(namaIkon),
    buat(
      "div",
      { class: "apa" },
      buat("b", {}, judul),
      isi.map((t) => buat("p", {}, t)),
    ),
    tombol,
  );

export const tautan = (href, teks, kelas = "btn btn-primary btn-sm") => buat("a", { class: kelas, href }, teks);

// What waits in the outbox is shown as what it will be.
export function butirAntrean(e) {
  const perlu = e.keadaan === "tindakan";
  const keterangan = perlu ? (e.tanda && e.tanda.pesan) || "Perlu diperbaiki" : "masih di HP ini";
  return buat(
    "li",
    {},
    buat(
      "a",
      { class: "butir", href: "/hp/" },
      buat(
        "div",
        { class: "atas" },
        buat("b", {}, e.judul),
        lencana(perlu ? "dikembalikan" : "belum", perlu ? "Perlu tindakan" : "Di HP"),
      ),
      buat("div", { class: "bawah" }, keterangan),
    ),
  );
}
