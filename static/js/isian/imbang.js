// The balance rule while she types: by how much PUS is off, and which change alone would explain it. The server says
// the same after saving (laporan/bulanan/banding.py). No number is ever changed here.
const BILANGAN = /^([0-9]{1,12}|[0-9]{1,3}(\.[0-9]{3}){1,3})$/;
const tanda = (n) => (n > 0 ? `+${n}` : String(n));

function baca(medan) {
  const teks = medan ? medan.value.trim() : "";
  return BILANGAN.test(teks) ? Number(teks.replace(/\./g, "")) : null;
}

function bacaBaris(form, tr, jumlah) {
  const { kunci, lalu, label } = tr.dataset;
  const kini = baca(form.elements[kunci]);
  const dulu = lalu === undefined ? null : Number(lalu);
  const ubah = kini === null || dulu === null ? null : kini - dulu;
  tr.querySelector("[data-kini]").textContent = kini === null ? "–" : kini.toLocaleString("id-ID");
  tr.querySelector("[data-ubah]").textContent = ubah === null ? "–" : tanda(ubah);
  return { tr, label, kini, ubah, arah: kunci === jumlah ? 1 : -1 };
}

function hitung(form, papan) {
  const baris = [...papan.querySelectorAll("tr[data-kunci]")].map((tr) => bacaBaris(form, tr, papan.dataset.jumlah));
  const lengkap = baris.every((b) => b.kini !== null);
  const selisih = lengkap ? baris.reduce((n, b) => n + b.arah * b.kini, 0) : null;
  const duga = selisih ? baris.filter((b) => b.ubah !== null && b.ubah * b.arah === selisih) : [];
  baris.forEach((b) => b.tr.classList.toggle("duga", duga.includes(b)));
  papan.querySelector("[data-selisih]").textContent =
    selisih === null ? "" : selisih ? `selisih ${tanda(selisih)}` : "seimbang";
  const butir = duga.map((b) => {
    const li = document.createElement("li");
    const besar = Math.abs(selisih);
    li.textContent = `${b.label} ${b.ubah > 0 ? "naik" : "turun"} ${besar}, selisihnya juga ${besar}: periksa ${b.label} dulu.`;
    return li;
  });
  const daftar = document.createElement("ul");
  daftar.append(...butir);
  papan.querySelector("[data-dugaan]").replaceChildren(...(butir.length ? [daftar] : []));
}

export function pasangImbang(form) {
  const papan = document.getElementById("banding");
  if (!papan) return;
  const milik = new Set([...papan.querySelectorAll("tr[data-kunci]")].map((tr) => tr.dataset.kunci));
  const medan = [...milik].map((nama) => form.elements[nama]).filter(Boolean);
  // What she typed before the page went has just been put back.
  if (medan.some((m) => m.value !== m.defaultValue)) hitung(form, papan);
  form.addEventListener("input", (acara) => {
    if (milik.has(acara.target.name)) hitung(form, papan);
  });
}
