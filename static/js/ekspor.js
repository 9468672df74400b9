// Exports being made: asks how far they are, redraws the list when one moves on, fetches the one just asked for.
const JEDA = 1500;
const BATAS_GAGAL = 20;
let gagal = 0;
let etag = "";

const hidup = () => document.getElementById("ekspor-hidup");
const belum = () => hidup() && hidup().querySelector('[data-keadaan="menunggu"], [data-keadaan="berjalan"]');

function kemajuan(butir, satu) {
  const bar = butir.querySelector("progress");
  const kata = butir.querySelector(".kata-kemajuan");
  if (!bar || !satu.jumlah) return;
  bar.max = satu.jumlah;
  bar.value = satu.selesai;
  if (kata) kata.textContent = `${satu.selesai} dari ${satu.jumlah} desa`;
}

async function gambarUlang() {
  const jawaban = await fetch(window.location.href, { credentials: "same-origin" });
  if (!jawaban.ok) throw new Error(String(jawaban.status));
  const baru = new DOMParser().parseFromString(await jawaban.text(), "text/html").getElementById("ekspor-hidup");
  if (baru) hidup().replaceWith(baru);
  unduhYangBaru();
}

// One click gives one file: the one that this page was opened for is fetched as soon as it is there, once.
function unduhYangBaru() {
  const nama = hidup().dataset.baru;
  const butir = nama && document.getElementById(`ekspor-${nama}`);
  const tautan = butir && butir.querySelector("[data-unduh]");
  if (!tautan) return;
  window.history.replaceState(
    null,
    "",
    window.location.pathname + window.location.search.replace(/[?&]baru=[^&]*/, ""),
  );
  hidup().dataset.baru = "";
  window.location.assign(tautan.href);
}

async function tanya() {
  if (!belum()) return;
  try {
    const kepala = etag ? { "If-None-Match": etag } : {};
    const jawaban = await fetch(hidup().dataset.url, {
      credentials: "same-origin",
      cache: "no-store",
      headers: kepala,
    });
    if (jawaban.status === 401 || jawaban.status === 403) return window.location.reload();
    if (jawaban.ok) {
      etag = jawaban.headers.get("ETag") || "";
      const { ekspor } = await jawaban.json();
      let berpindah = false;
      for (const satu of ekspor) {
        const butir = document.getElementById(`ekspor-${satu.id}`);
        if (!butir || butir.dataset.keadaan !== satu.keadaan) berpindah = true;
        else kemajuan(butir, satu);
      }
      if (berpindah) await gambarUlang();
    } else if (jawaban.status !== 304) throw new Error(String(jawaban.status));
    gagal = 0;
  } catch (galat) {
    gagal += 1;
  }
  if (gagal < BATAS_GAGAL) setTimeout(tanya, JEDA * (1 + gagal));
}

if (hidup()) {
  unduhYangBaru();
  setTimeout(tanya, JEDA);
}
