// "Di HP ini": what waits, what came back, how much room there is, and the rescue file.
import { buat, ikon, tulisTanggal } from "../dom.js";
import { daftarAntrean } from "../hp/antrean.js";
import { ambil, dengarkan } from "../hp/gudang.js";
import { hariDari } from "../hp/jam.js";
import { kirim } from "../hp/kirim.js";
import { bacaRingkas } from "../hp/ringkas.js";
import { daftarKartu, kepala, kosong } from "./butir.js";
import { bagianCadangan, bagianRuang } from "./ruang.js";
import { kartuTindakan } from "./tindakan.js";

const butirMenunggu = (e) =>
  buat(
    "li",
    {},
    buat(
      "div",
      { class: "butir" },
      buat("div", { class: "atas" }, buat("b", {}, e.judul)),
      buat("div", { class: "bawah" }, `ditulis ${tulisTanggal(hariDari(e.dibuat))}`),
    ),
  );

async function gambar(akar, pesan) {
  const lagi = (p) => gambar(akar, typeof p === "string" ? p : "");
  const [antrean, ringkas, pesanJam] = await Promise.all([
    daftarAntrean(),
    bacaRingkas(),
    ambil("perangkat", "pesan-jam"),
  ]);
  const tindakan = antrean.filter((e) => e.keadaan === "tindakan");
  const menunggu = antrean.filter((e) => e.keadaan !== "tindakan");
  const kirimSekarang = async (acara) => {
    acara.target.disabled = true;
    const hasil = await kirim();
    const kata = {
      401: "Sesi berakhir: masuk lagi, lalu catatan dikirim sendiri.",
      0: "Belum ada sinyal. Catatan tetap aman di HP ini.",
    };
    lagi(kata[hasil.status] || hasil.pesan || "");
  };
  akar.replaceChildren(
    kepala(
      "Di HP ini",
      `${ringkas.diterima === null ? "–" : ringkas.diterima} catatan Anda diterima server, ${antrean.length} masih di HP ini.`,
    ),
    ...(pesan
      ? [buat("div", { class: "alert alert-info", role: "status" }, ikon("info"), buat("div", {}, pesan))]
      : []),
    ...(pesanJam ? [buat("div", { class: "alert alert-warning" }, ikon("peringatan"), buat("div", {}, pesanJam))] : []),
    ...(tindakan.length ? [buat("h2", {}, "Perlu tindakan"), ...tindakan.map((e) => kartuTindakan(e, lagi))] : []),
    ...(menunggu.length
      ? [
          buat("h2", {}, "Menunggu dikirim"),
          daftarKartu(menunggu.map(butirMenunggu)),
          buat(
            "p",
            {},
            buat(
              "button",
              { type: "button", class: "btn btn-utama", onclick: kirimSekarang },
              ikon("dikirim"),
              " Kirim sekarang",
            ),
          ),
        ]
      : []),
    ...(antrean.length
      ? []
      : [
          buat(
            "div",
            { class: "kartu" },
            kosong("Semua sudah diterima server", "Tidak ada catatan yang tertinggal di HP ini."),
          ),
        ]),
    ...[bagianCadangan(antrean, ringkas), await bagianRuang(lagi)].filter(Boolean),
  );
}

export async function hp(akar) {
  await gambar(akar, "");
  let jam = null;
  const lagi = () => {
    jam =
      jam ||
      setTimeout(() => {
        jam = null;
        gambar(akar, "").catch(() => null);
      }, 200);
  };
  dengarkan(lagi);
  window.addEventListener("poskb:berubah", lagi);
  if (location.hash.length > 1) {
    const tuju = document.getElementById(location.hash.slice(1));
    if (tuju) tuju.scrollIntoView();
  }
}
