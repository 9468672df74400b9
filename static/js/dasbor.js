// The dashboard: draws the curve and keeps the numbers moving. Without it the page shows the same numbers as tables.
import { LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, TooltipComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { jagaTetapBaru, tulisJam } from "./dasbor/hidup.js";

echarts.use([LineChart, GridComponent, TooltipComponent, AriaComponent, SVGRenderer]);

const angka = new Intl.NumberFormat("id-ID", { maximumFractionDigits: 1 });
const hari = new Intl.DateTimeFormat("id-ID", { day: "numeric", month: "short", timeZone: "UTC" });
const tulisHari = (iso) => hari.format(new Date(`${iso}T00:00:00Z`));
const PLERED = "#b4532a";
const DAUN = "#0e4f45";
let bagan = null;

// The last known point of a line carries its own words, so that no legend has to be matched by colour.
function denganNama(nilai, nama, warna, letak, geser) {
  const akhir = nilai.reduce((i, n, k) => (n === null ? i : k), -1);
  return nilai.map((n, k) =>
    k !== akhir
      ? n
      : {
          value: n,
          symbol: "circle",
          symbolSize: 10,
          label: {
            show: true,
            position: letak,
            offset: [0, geser],
            distance: 10,
            formatter: `${nama} ${angka.format(n)}`,
            color: warna,
            fontSize: 15,
            fontWeight: 700,
            textBorderColor: "#fffefb",
            textBorderWidth: 4,
          },
        },
  );
}

function gambar() {
  const wadah = document.getElementById("bagan-kurva");
  const sumber = document.getElementById("data-dasbor");
  if (!wadah || !sumber) return;
  const kurva = JSON.parse(sumber.textContent).kurva;
  const kumulatif = kurva.map((h) => h.kumulatif);
  const sampai = kumulatif.filter((n) => n !== null).length;
  if (bagan) bagan.dispose();
  bagan = echarts.init(wadah, null, { renderer: "svg" });
  bagan.setOption({
    animation: false,
    aria: {
      enabled: true,
      label: {
        description: "Kurva capaian kumulatif dibandingkan garis lurus menuju target. Angkanya ada di tabel di bawah.",
      },
    },
    textStyle: { fontFamily: "Jakarta, system-ui, sans-serif", color: "#1d2a2b" },
    grid: { left: 4, right: 14, top: 34, bottom: 4, containLabel: true },
    tooltip: {
      trigger: "axis",
      confine: true,
      textStyle: { fontSize: 15 },
      valueFormatter: (n) => (n === null || n === undefined ? "–" : angka.format(n)),
    },
    xAxis: {
      type: "category",
      boundaryGap: false,
      data: kurva.map((h) => tulisHari(h.tanggal)),
      axisLabel: { fontSize: 14, color: "#434f4f", hideOverlap: true },
      axisTick: { show: false },
    },
    yAxis: {
      type: "value",
      axisLabel: { fontSize: 14, color: "#434f4f", formatter: (n) => angka.format(n) },
      splitLine: { lineStyle: { color: "#e6dfd2" } },
      splitNumber: 4,
    },
    series: [
      {
        name: "Garis ke target",
        type: "line",
        symbol: "none",
        showAllSymbol: true,
        lineStyle: { width: 2.5, type: "dashed", color: DAUN },
        itemStyle: { color: DAUN },
        data: denganNama(
          kurva.map((h) => h.garis),
          "Target",
          DAUN,
          "left",
          -10,
        ),
      },
      {
        name: "Tercatat",
        type: "line",
        symbol: "none",
        showAllSymbol: true,
        lineStyle: { width: 4, color: PLERED },
        itemStyle: { color: PLERED },
        areaStyle: { color: "rgba(180,83,42,.14)" },
        data: denganNama(kumulatif, "Tercatat", "#7a3112", sampai > kurva.length / 2 ? "left" : "right", 14),
      },
    ],
  });
}

// Open tables, scrolled tables and the link in hand stay as they are when the content is exchanged.
function pasang(html) {
  const lama = document.getElementById("dasbor-hidup");
  const terbuka = [...lama.querySelectorAll("details")].map((d) => d.open);
  const geser = [...lama.querySelectorAll(".gulir")].map((g) => g.scrollLeft);
  const pegangan = lama.contains(document.activeElement) && document.activeElement.getAttribute("href");
  lama.innerHTML = html;
  lama.querySelectorAll("details").forEach((d, i) => {
    d.open = Boolean(terbuka[i]);
  });
  lama.querySelectorAll(".gulir").forEach((g, i) => {
    g.scrollLeft = geser[i] || 0;
  });
  const sama = pegangan && [...lama.querySelectorAll("a")].find((a) => a.getAttribute("href") === pegangan);
  if (sama) sama.focus({ preventScroll: true });
  gambar();
}

function sambungan(terputus, terakhir) {
  const pita = document.getElementById("sambungan-putus");
  if (!pita) return;
  pita.hidden = !terputus;
  if (terputus)
    (pita.querySelector("div") || pita).textContent =
      `Sambungan terputus. Angka terakhir diterima pukul ${tulisJam(terakhir)}; kami mencoba lagi.`;
}

gambar();
const wadah = document.getElementById("dasbor-hidup");
if (wadah && wadah.dataset.karcis) jagaTetapBaru(wadah, { pasang, sambungan });
window.addEventListener("resize", () => bagan && bagan.resize());
