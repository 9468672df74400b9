// Without signal: her activities of this and last month, and what of them still waits on this phone.
import { buat, ikon, tulisTanggal } from "../dom.js";
import { daftarAntrean } from "../hp/antrean.js";
import { bacaRingkas } from "../hp/ringkas.js";
import { butirAntrean, daftarKartu, kepala, kosong, TANPA_SINYAL } from "./butir.js";

function butirKegiatan(k) {
  const isi = [
    buat(
      "div",
      { class: "atas" },
      buat("b", {}, k.nama_macam),
      buat("span", { class: "orang" }, String(k.jumlah_orang), " ", buat("small", {}, "orang")),
    ),
    buat("div", { class: "bawah" }, [tulisTanggal(k.tanggal), k.tempat].filter(Boolean).join(" · ")),
    k.catatan ? buat("p", { class: "catatan-kegiatan" }, k.catatan) : null,
  ];
  return buat(
    "li",
    {},
    k.terkunci
      ? buat("div", { class: "butir" }, isi)
      : buat("a", { class: "butir", href: `/kegiatan/${k.id}/ubah/` }, isi),
  );
}

export async function kegiatan(akar) {
  const [ringkas, antrean] = await Promise.all([bacaRingkas(), daftarAntrean()]);
  const diHp = antrean.filter((e) => e.jenis === "kegiatan");
  const dihapus = new Set(diHp.filter((e) => e.catatan.hapus).map((e) => e.id));
  const diterima = (ringkas.kegiatan || []).filter((k) => !k.dihapus && !dihapus.has(k.id));
  diterima.sort((a, b) => (a.tanggal < b.tanggal ? 1 : a.tanggal > b.tanggal ? -1 : 0));
  akar.replaceChildren(
    kepala("Kegiatan", TANPA_SINYAL),
    buat(
      "p",
      {},
      buat("a", { class: "btn btn-utama btn-catat", href: "/kegiatan/baru/" }, ikon("tambah"), " Catat kegiatan"),
    ),
    ...(diHp.length
      ? [
          buat("h2", {}, "Masih di HP ini"),
          daftarKartu(diHp.map(butirAntrean)),
          buat("h2", { class: "mt" }, "Sudah diterima server"),
        ]
      : []),
    diterima.length
      ? daftarKartu(diterima.map(butirKegiatan))
      : kosong(
          "Belum ada kegiatan",
          "Kegiatan bulan ini dan bulan lalu muncul di sini setelah sekali dibuka dengan sinyal.",
        ),
  );
}
