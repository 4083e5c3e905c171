// What the preview says, by the page's language, and a way to make elements that needs no HTML in strings.

const WORDS = {
  en: {
    errors: (n) => (n === 1 ? "1 error" : `${n} errors`),
    "left-out": "Left out until mended:",
    beneath: "The last good page is beneath. This goes away by itself when it is mended.",
    close: "Close",
    more: (n) => `And ${n} more.`,
    remedy: "Remedy:",
    bar: "Writer’s bar",
    show: "Writer’s bar",
    hide: "Hide",
    page: "Page",
    edit: "Open in the editor",
    lost: "The preview has stopped. Waiting for it …",
    words: (n) => (n === 1 ? "1 word" : `${n} words`),
    "flesch-kincaid": (n) => `grade ${n}`,
    "scale.flesch-kincaid": "Reading grade after Flesch and Kincaid; 6 to 8 is advised for health texts.",
    inflesz: (n) => `ease ${n}`,
    "scale.inflesz": "Reading ease after Szigriszt-Pazos (INFLESZ); 55 or more is easy for most adults.",
    findings: (n) => (n === 0 ? "No findings" : n === 1 ? "1 finding" : `${n} findings`),
    reviews: "What there is to review",
    others: (n) => (n === 1 ? "1 finding on other pages" : `${n} findings on other pages`),
    "as-of": "Show the site as of",
    "as-of-moment": (when) => `As of ${when}`,
    now: "Now",
    go: "Go",
    back: "Back to now",
    next: "The site changes by itself next at",
    "this-page": "(this page)",
    "status.published": "Published",
    "status.draft": "Draft",
    "status.scheduled": "Scheduled",
    "status.expired": "Expired",
    "status.overdue": "Review overdue",
    "missing.draft": (file) => `This page is a draft (${file}). Start the preview with --drafts to see it.`,
    "missing.scheduled": (file) => `This page is scheduled (${file}).`,
    "missing.expired": (file) => `This page has expired (${file}). Start the preview with --drafts to see it.`,
    "missing.gone": (file) => `This page is gone: ${file} was deleted, renamed or readdressed.`,
    "missing.faulty": (file) => `This page is left out until ${file} is mended.`,
    "missing.perhaps-faulty": (files) => `There is no such page. These files are left out until they are mended: ${files}`,
    "missing.unknown": "There is no such page.",
    "missing.error": "The site cannot be shown as of that moment.",
    moved: "It seems to be here now.",
    "see-then": (when) => `See it as of ${when}`,
  },
  es: {
    errors: (n) => (n === 1 ? "1 error" : `${n} errores`),
    "left-out": "No se muestran hasta que se corrijan:",
    beneath: "Debajo está la última página correcta. Este aviso desaparece solo cuando se corrige.",
    close: "Cerrar",
    more: (n) => `Y ${n} más.`,
    remedy: "Remedio:",
    bar: "Barra de redacción",
    show: "Barra de redacción",
    hide: "Ocultar",
    page: "Página",
    edit: "Abrir en el editor",
    lost: "La vista previa se ha detenido. Esperando …",
    words: (n) => (n === 1 ? "1 palabra" : `${n} palabras`),
    "flesch-kincaid": (n) => `grado ${n}`,
    "scale.flesch-kincaid": "Grado de lectura de Flesch y Kincaid; de 6 a 8 se aconseja para textos de salud.",
    inflesz: (n) => `facilidad ${n}`,
    "scale.inflesz": "Facilidad de lectura de Szigriszt-Pazos (INFLESZ); desde 55 es fácil para la mayoría.",
    findings: (n) => (n === 0 ? "Sin avisos" : n === 1 ? "1 aviso" : `${n} avisos`),
    reviews: "Lo que hay que revisar",
    others: (n) => (n === 1 ? "1 aviso en otras páginas" : `${n} avisos en otras páginas`),
    "as-of": "Mostrar el sitio a fecha de",
    "as-of-moment": (when) => `A fecha de ${when}`,
    now: "Ahora",
    go: "Ir",
    back: "Volver a ahora",
    next: "El sitio cambia solo en",
    "this-page": "(esta página)",
    "status.published": "Publicada",
    "status.draft": "Borrador",
    "status.scheduled": "Programada",
    "status.expired": "Caducada",
    "status.overdue": "Revisión vencida",
    "missing.draft": (file) => `Esta página es un borrador (${file}). Inicie la vista previa con --drafts para verla.`,
    "missing.scheduled": (file) => `Esta página está programada (${file}).`,
    "missing.expired": (file) => `Esta página ha caducado (${file}). Inicie la vista previa con --drafts para verla.`,
    "missing.gone": (file) => `Esta página ya no está: ${file} se borró o cambió de nombre o de dirección.`,
    "missing.faulty": (file) => `Esta página no se muestra hasta que se corrija ${file}.`,
    "missing.perhaps-faulty": (files) => `No hay tal página. Estos archivos no se muestran hasta que se corrijan: ${files}`,
    "missing.unknown": "No hay tal página.",
    "missing.error": "El sitio no se puede mostrar a esa fecha.",
    moved: "Parece que ahora está aquí.",
    "see-then": (when) => `Verla a fecha de ${when}`,
  },
};

/** @param {string} language of the page; English where it is neither */
export function words(language) {
  const known = WORDS[(language || "en").split("-")[0]] ?? WORDS.en;
  return (key, ...values) => (typeof known[key] === "function" ? known[key](...values) : known[key] ?? key);
}

/** An element with attributes (functions become listeners) and children; strings are text, never HTML. */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child !== ""));
  return element;
}
