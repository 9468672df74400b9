// "Di HP ini": what waits, what came back, how much room there is, and the rescue file.
import { buat, ikon, tulisTanggal } from "../dom.js";
import { antrekan, antrekanLagi, daftarAntrean, keluarkan } from "../hp/antrean.js";
import { buatCadangan } from "../hp/cadangan.js";
import { ambil, dengarkan } from "../hp/gudang.js";
import { hariDari } from "../hp/jam.js";
import { kirim } from "../hp/kirim.js";
import { bacaRingkas } from "../hp/ringkas.js";
import { mintaTetap, ruang } from "../hp/ruang.js";
import { idBaru } from "../isian/isi.js";
import { pita } from "../pita.js";
import { daftarKartu, kepala, kosong } from "./butir.js";

// In the words of the form, as the server wrote them.
function bedaVersi(beda) {
  if (!beda || !beda.length) return null;
  return buat(
    "table", { class: "tabel-lapang beda-versi" },
    buat("thead", {}, buat("tr", {}, buat("th", {}, "Bagian"), buat("th", {}, "Di HP ini"), buat("th", {}, "Di server"))),
    buat("tbody", {}, beda.map((b) => buat("tr", {}, buat("th", { scope: "row" }, b.label), buat("td", {}, b.hp), buat("td", {}, b.server)))),
  );
}

function kartuTindakan(entri, segarkan) {
  const tanda = entri.tanda || {};
  const pesan = [tanda.pesan, ...Object.values(tanda.galat || {}).flat()].filter(Boolean);
  const formulir = entri.jenis !== "tahap" && !entri.rusak && !entri.catatan.hapus && tanda.hasil !== "konflik";
  const perbaiki = `${entri.jenis === "kegiatan" ? "/kegiatan/baru/" : "/akseptor/baru/"}?hp=${entri.id}`;
  const milikSaya = async () => {
    await antrekanLagi(entri, { ...entri.catatan, versi: tanda.versi }, entri.judul);
    await kirim({ hanya: entri.id });
    segarkan();
  };
  // Her id met another record: hers is one of its own.
  const catatanBaru = async () => {
    const { versi, ...isi } = entri.catatan;
    await antrekan({ ...isi, id: idBaru() }, entri.judul);
    await keluarkan(entri);
    await kirim();
    segarkan();
  };
  // Undo instead of "are you sure": it leaves the phone only when the strip with Urungkan is gone.
  const buang = () => {
    kartu.hidden = true;
    pita(`${entri.judul} dibuang.`, { sesudah: () => keluarkan(entri).then(segarkan), urung: () => { kartu.hidden = false; } });
  };
  const konflik = tanda.hasil === "konflik" && tanda.server;
  const kartu = buat(
    "section", { class: "kartu perlu-tindakan", id: entri.id },
    buat("h2", {}, ikon("peringatan"), " ", entri.judul), [...new Set(pesan)].map((p) => buat("p", {}, p)),
    konflik ? bedaVersi(tanda.beda) : null,
    buat("div", { class: "baris-tombol" },
      formulir ? buat("a", { class: "btn btn-primary", href: perbaiki }, ikon("ubah"), " Perbaiki") : null,
      konflik ? buat("button", { type: "button", class: "btn btn-primary", onclick: milikSaya }, "Kirim yang di HP ini") : null,
      konflik && entri.catatan.versi === undefined ? buat("button", { type: "button", class: "btn btn-outline-primary", onclick: catatanBaru }, "Simpan sebagai catatan baru") : null,
      buat("button", { type: "button", class: `btn btn-outline-${konflik ? "primary" : "danger"}`, onclick: buang }, konflik ? "Pakai yang di server" : "Buang catatan ini")),
  );
  return kartu;
}

const butirMenunggu = (e) => buat("li", {}, buat("div", { class: "butir" }, buat("div", { class: "atas" }, buat("b", {}, e.judul)), buat("div", { class: "bawah" }, `ditulis ${tulisTanggal(hariDari(e.dibuat))}`)));

async function bagianRuang(segarkan) {
  const r = await ruang();
  if (!r) return null;
  const minta = async () => { await mintaTetap(); segarkan(); };
  return buat(
    "section", { class: "kartu" }, buat("h2", {}, "Ruang di HP"),
    buat("p", {}, `Terpakai ${r.terpakai} dari ${r.jatah}.`, r.sempit ? buat("b", {}, " Hampir penuh: kirim catatan yang menunggu, lalu kosongkan ruang HP.") : ""),
    r.tetap ? buat("p", {}, ikon("dilayani"), " Browser berjanji tidak menghapus catatan Anda sendiri.")
      : [buat("p", {}, "Browser boleh menghapus isi HP ini bila ruang habis. Tekan tombol ini supaya catatan yang belum terkirim tetap disimpan. Menghapus data browser sendiri tetap menghapusnya."), buat("button", { type: "button", class: "btn btn-outline-primary", onclick: minta }, "Jaga catatan saya")],
  );
}

function bagianCadangan(antrean, ringkas) {
  if (!antrean.length || !ringkas.cadangan) return null;
  const pesan = buat("p", { role: "status" });
  const simpan = async () => {
    await buatCadangan(antrean, ringkas.cadangan);
    pesan.textContent = "Berkas cadangan sudah dibuat. Kirim lewat WhatsApp kepada petugas PLKB Anda; hanya server Pos KB yang bisa membukanya.";
  };
  return buat(
    "section", { class: "kartu" }, buat("h2", {}, "Simpan cadangan"),
    buat("p", {}, "Bila sinyal tidak kunjung ada atau HP bermasalah: simpan berkas tersandi berisi catatan yang menunggu. Catatan di HP tetap ada dan tidak akan tercatat dua kali."),
    buat("button", { type: "button", class: "btn btn-outline-primary", onclick: () => simpan().catch(() => { pesan.textContent = "Berkas belum bisa dibuat. Coba sekali lagi."; }) }, ikon("unduh"), " Simpan cadangan"), pesan,
  );
}

async function gambar(akar, pesan) {
  const lagi = (p) => gambar(akar, typeof p === "string" ? p : "");
  const [antrean, ringkas, pesanJam] = await Promise.all([daftarAntrean(), bacaRingkas(), ambil("perangkat", "pesan-jam")]);
  const tindakan = antrean.filter((e) => e.keadaan === "tindakan");
  const menunggu = antrean.filter((e) => e.keadaan !== "tindakan");
  const kirimSekarang = async (acara) => {
    acara.target.disabled = true;
    const hasil = await kirim();
    const kata = { 401: "Sesi berakhir: masuk lagi, lalu catatan dikirim sendiri.", 0: "Belum ada sinyal. Catatan tetap aman di HP ini." };
    lagi(kata[hasil.status] || hasil.pesan || "");
  };
  akar.replaceChildren(
    kepala("Di HP ini", `${ringkas.diterima === null ? "–" : ringkas.diterima} catatan Anda diterima server, ${antrean.length} masih di HP ini.`),
    ...(pesan ? [buat("div", { class: "alert alert-info", role: "status" }, ikon("info"), buat("div", {}, pesan))] : []),
    ...(pesanJam ? [buat("div", { class: "alert alert-warning" }, ikon("peringatan"), buat("div", {}, pesanJam))] : []),
    ...(tindakan.length ? [buat("h2", {}, "Perlu tindakan"), ...tindakan.map((e) => kartuTindakan(e, lagi))] : []),
    ...(menunggu.length ? [buat("h2", {}, "Menunggu dikirim"), daftarKartu(menunggu.map(butirMenunggu)), buat("p", {}, buat("button", { type: "button", class: "btn btn-utama", onclick: kirimSekarang }, ikon("dikirim"), " Kirim sekarang"))] : []),
    ...(antrean.length ? [] : [buat("div", { class: "kartu" }, kosong("Semua sudah diterima server", "Tidak ada catatan yang tertinggal di HP ini."))]),
    ...[bagianCadangan(antrean, ringkas), await bagianRuang(lagi)].filter(Boolean),
  );
}

export async function hp(akar) {
  await gambar(akar, "");
  let jam = null;
  const lagi = () => { jam = jam || setTimeout(() => { jam = null; gambar(akar, "").catch(() => null); }, 200); };
  dengarkan(lagi);
  window.addEventListener("poskb:berubah", lagi);
  if (location.hash.length > 1) {
    const tuju = document.getElementById(location.hash.slice(1));
    if (tuju) tuju.scrollIntoView();
  }
}
