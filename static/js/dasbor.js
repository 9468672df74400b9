// The dashboard: draws the curve and keeps the numbers moving. Without it the page shows the same numbers as tables.
import { LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

echarts.use([LineChart, GridComponent, TooltipComponent, LegendComponent, MarkLineComponent, AriaComponent, SVGRenderer]);

const angka = new Intl.NumberFormat("id-ID", { maximumFractionDigits: 1 });
const hari = new Intl.DateTimeFormat("id-ID", { day: "numeric", month: "short", timeZone: "UTC" });
const tulisHari = (iso) => hari.format(new Date(`${iso}T00:00:00Z`));
const JEDA = 2000;
let bagan = null;

function gambar() {
  const wadah = document.getElementById("bagan-kurva");
  const sumber = document.getElementById("data-dasbor");
  if (!wadah || !sumber) return;
  const data = JSON.parse(sumber.textContent);
  if (bagan) bagan.dispose();
  bagan = echarts.init(wadah, null, { renderer: "svg" });
  bagan.setOption({
    animation: false,
    aria: { enabled: true, label: { description: "Kurva capaian kumulatif dibandingkan garis lurus menuju target. Angkanya ada di tabel di bawah." } },
    textStyle: { fontFamily: "Jakarta, system-ui, sans-serif", color: "#1d2a2b" },
    grid: { left: 8, right: 16, top: 40, bottom: 8, containLabel: true },
    legend: { top: 0, left: 0, textStyle: { fontSize: 14 } },
    tooltip: { trigger: "axis", confine: true, valueFormatter: (n) => (n === null || n === undefined ? "–" : angka.format(n)) },
    xAxis: { type: "category", boundaryGap: false, data: data.kurva.map((h) => tulisHari(h.tanggal)), axisLabel: { fontSize: 13, hideOverlap: true } },
    yAxis: { type: "value", axisLabel: { fontSize: 13, formatter: (n) => angka.format(n) }, splitLine: { lineStyle: { color: "#e6dfd2" } } },
    series: [
      { name: "Tercatat", type: "line", symbol: "none", lineStyle: { width: 4, color: "#b4532a" }, itemStyle: { color: "#b4532a" }, areaStyle: { color: "rgba(180,83,42,.12)" }, data: data.kurva.map((h) => h.kumulatif) },
      { name: "Garis ke target", type: "line", symbol: "none", lineStyle: { width: 2, type: "dashed", color: "#0e4f45" }, itemStyle: { color: "#0e4f45" }, data: data.kurva.map((h) => h.garis) },
    ],
  });
}

async function muatUlang() {
  const jawaban = await fetch(window.location.href, { credentials: "same-origin" });
  if (!jawaban.ok) throw new Error(String(jawaban.status));
  const baru = new DOMParser().parseFromString(await jawaban.text(), "text/html").getElementById("dasbor-hidup");
  const terbuka = [...document.querySelectorAll("#dasbor-hidup details")].map((d) => d.open);
  if (!baru) throw new Error("sesi");
  document.getElementById("dasbor-hidup").replaceWith(baru);
  document.querySelectorAll("#dasbor-hidup details").forEach((d, i) => { d.open = Boolean(terbuka[i]); });
  gambar();
}

// Polling with ETag: one short question that is mostly answered "304 nothing new"; survives proxies and sleep.
async function tanya() {
  const hidup = document.getElementById("dasbor-hidup");
  if (!hidup || document.hidden) { setTimeout(tanya, JEDA); return; }
  const putus = document.getElementById("sambungan-putus");
  let jeda = JEDA;
  try {
    const jawaban = await fetch(hidup.dataset.url, { cache: "no-cache", credentials: "same-origin" });
    if (jawaban.status === 401 || jawaban.status === 403) { window.location.reload(); return; }
    if (!jawaban.ok) throw new Error(String(jawaban.status));
    const data = await jawaban.json();
    if (String(data.versi) !== hidup.dataset.versi || String(data.basi) !== hidup.dataset.basi) await muatUlang();
    putus.hidden = true;
  } catch (galat) {
    putus.hidden = false;
    jeda = JEDA * 5;
  }
  setTimeout(tanya, jeda);
}

gambar();
if (document.getElementById("dasbor-hidup")) setTimeout(tanya, JEDA);
window.addEventListener("resize", () => bagan && bagan.resize());
