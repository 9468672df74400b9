// Without signal: her first page and her list.
import { buat, ikon } from "../dom.js";
import { daftarAntrean } from "../hp/antrean.js";
import { bacaRingkas } from "../hp/ringkas.js";
import { butirAntrean, butirCatatan, daftarKartu, kepala, kosong, TANPA_SINYAL, tautan, tugas } from "./butir.js";

const tombolKegiatan = () =>
  buat(
    "p",
    {},
    buat(
      "a",
      { class: "btn btn-outline-primary btn-kegiatan", href: "/kegiatan/baru/" },
      ikon("kegiatan"),
      " Catat kegiatan",
    ),
  );
const tombolCatat = () =>
  buat(
    "p",
    {},
    buat("a", { class: "btn btn-utama btn-catat", href: "/akseptor/baru/" }, ikon("tambah"), " Catat akseptor"),
  );

export async function beranda(akar) {
  const [ringkas, antrean] = await Promise.all([bacaRingkas(), daftarAntrean()]);
  const kembali = ringkas.catatan.filter((r) => r.tahap === "dikembalikan");
  const lanjut = ringkas.catatan.filter((r) => ["calon", "dirujuk"].includes(r.tahap)).slice(0, 5);
  const mendesak = [
    ...antrean
      .filter((e) => e.keadaan === "tindakan")
      .map((e) =>
        tugas("peringatan", e.judul, [(e.tanda && e.tanda.pesan) || "Perlu diperbaiki"], tautan("/hp/", "Perbaiki")),
      ),
    ...kembali.map((r) =>
      tugas(
        "dikembalikan",
        r.nama_istri,
        [`Dikembalikan: ${r.alasan}`],
        tautan(`/akseptor/catatan/${r.id}/ubah/`, "Perbaiki"),
      ),
    ),
    ...ringkas.laporan.map((l) => tugas("laporan", l.judul, l.alasan, tautan(l.alamat, "Buka"))),
  ];
  const butir = [
    ...lanjut.map((r) =>
      tugas(
        r.tahap,
        r.nama_istri,
        [r.nama_tahap],
        tautan(`/akseptor/${r.akseptor}/`, "Tindak lanjuti", "btn btn-outline-primary btn-sm"),
        "perhatian",
      ),
    ),
  ];
  akar.replaceChildren(
    kepala(`Halo, ${ringkas.kader ? ringkas.kader.nama : ""}`, TANPA_SINYAL),
    mendesak.length ? buat("ul", { class: "tugas", "aria-label": "Perlu tindakan Anda" }, mendesak) : "",
    tombolCatat(),
    tombolKegiatan(),
    buat("ul", { class: "tugas" }, butir),
  );
  if (!butir.length && !mendesak.length)
    akar.append(buat("div", { class: "kartu" }, kosong("Semua beres", "Tidak ada yang menunggu Anda sekarang.")));
}

export async function daftar(akar) {
  const [ringkas, antrean] = await Promise.all([bacaRingkas(), daftarAntrean()]);
  const diHp = antrean.filter((e) => e.jenis === "akseptor");
  akar.replaceChildren(
    kepala("Akseptor", `${ringkas.catatan.length} catatan terakhir. ${TANPA_SINYAL}`),
    tombolCatat(),
  );
  if (diHp.length)
    akar.append(
      buat("h2", {}, "Masih di HP ini"),
      daftarKartu(diHp.map(butirAntrean)),
      buat("h2", {}, "Sudah diterima server"),
    );
  akar.append(
    ringkas.catatan.length
      ? daftarKartu(ringkas.catatan.map(butirCatatan))
      : kosong("Belum ada catatan", "Catatan terakhir Anda muncul di sini setelah sekali dibuka dengan sinyal."),
  );
}
