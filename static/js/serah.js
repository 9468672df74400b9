// The page of a deactivated account: what this phone still holds goes to her officer, then the phone is closed.
import { bisaMenyandi, bukaDenganCalon, lanjutkanSesi, tutup } from "./hp/brankas.js";
import { hapus } from "./hp/gudang.js";
import { serahkan } from "./hp/serah.js";

const COBA_LAGI_MS = 15000;
const pesan = document.getElementById("pesan-serah");
const sendiri = (kerja) => (navigator.locks ? navigator.locks.request("poskb-kirim", kerja) : kerja());

function tulis({ sisa, diserahkan }) {
  if (sisa)
    return `${sisa} catatan masih di HP ini dan belum sampai kepada petugas Anda. Biarkan halaman ini terbuka sampai ada sinyal.`;
  if (diserahkan) return `${diserahkan} catatan dari HP ini sudah diserahkan kepada petugas Anda.`;
  return "Tidak ada catatan yang menunggu di HP ini.";
}

async function serah() {
  const kader = (await lanjutkanSesi()) || (await bukaDenganCalon());
  if (!kader) {
    await tutup();
    return;
  }
  const hasil = await sendiri(serahkan);
  pesan.textContent = tulis(hasil);
  if (hasil.sisa) {
    setTimeout(mulai, COBA_LAGI_MS);
    return;
  }
  // Nothing of hers is readable on this phone from here on.
  await hapus("ringkas", kader);
  await hapus("perangkat", "diserahkan");
  await tutup();
}

const mulai = () => serah().catch((galat) => console.warn("Pos KB: belum diserahkan", galat));
if (pesan && bisaMenyandi()) mulai();
