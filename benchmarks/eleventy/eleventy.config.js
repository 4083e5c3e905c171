// A minimal site as Eleventy's documentation advises; the content is written by benchmarks/corpus.py.
import { eleventyImageTransformPlugin } from "@11ty/eleventy-img";
import rss from "@11ty/eleventy-plugin-rss";
import anchor from "markdown-it-anchor";
import definitions from "markdown-it-deflist";
import footnotes from "markdown-it-footnote";

const PAGE_SIZE = 20;
const FEED_SIZE = 20;
const longDate = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });

/** Groups articles by keys in one pass, newest first. */
function grouped(articles, keysOf) {
  const groups = new Map();
  for (const article of articles) {
    for (const key of keysOf(article)) {
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(article);
    }
  }
  return groups;
}

/** Pages of pages: Eleventy paginates one level, so each group is cut beforehand (its issue 332). */
function paged(groups, base) {
  const pages = [];
  for (const [key, items] of groups) {
    const total = Math.ceil(items.length / PAGE_SIZE);
    const url = (number) => (number === 1 ? `${base}${key}/` : `${base}${key}/page/${number}/`);
    for (let number = 1; number <= total; number++) {
      pages.push({
        key,
        number,
        total,
        items: items.slice((number - 1) * PAGE_SIZE, number * PAGE_SIZE),
        url: url(number),
        newer: number > 1 ? url(number - 1) : "",
        older: number < total ? url(number + 1) : "",
      });
    }
  }
  return pages;
}

const feeds = (groups, base) =>
  [...groups].map(([key, items]) => ({ key, url: `${base}${key}/`, items: items.slice(0, FEED_SIZE) }));

export default function (config) {
  config.addPlugin(rss);
  config.amendLibrary("md", (md) =>
    md.set({ typographer: true }).use(anchor, { tabIndex: false }).use(footnotes).use(definitions),
  );
  config.addPassthroughCopy({ "assets/main.css": "main.css" });
  if (process.env.BENCHMARK_IMAGES) {
    config.addPlugin(eleventyImageTransformPlugin, {
      formats: ["webp", "jpeg", "svg"],
      svgShortCircuit: true,
      widths: [480, 960, 1440],
      sharpWebpOptions: { quality: 62 },
      sharpJpegOptions: { quality: 62 },
      htmlOptions: { imgAttributes: { loading: "lazy", sizes: "(min-width: 48em) 44em, 100vw" } },
    });
  } else {
    config.addPassthroughCopy("content/**/*.{png,svg}");
  }

  // Every collection below is asked for once a build; the articles are sorted and grouped once.
  let cached;
  config.on("eleventy.before", () => (cached = undefined));
  const sorted = (api) => {
    if (!cached) {
      const articles = api.getAll().filter((item) => item.data.article).sort((a, b) => b.date - a.date);
      const byCondition = grouped(articles, (item) => [item.data.condition]);
      for (const items of byCondition.values()) {
        items.forEach((item, index) => {
          item.data.newer = items[index - 1];
          item.data.older = items[index + 1];
        });
      }
      cached = {
        articles,
        byCondition,
        byTopic: grouped(articles, (item) => item.data.topics),
        byAuthor: grouped(articles, (item) => item.data.authors),
      };
    }
    return cached;
  };
  config.addCollection("newest", (api) => sorted(api).articles.slice(0, FEED_SIZE));
  config.addCollection("articles", (api) => sorted(api).articles);
  config.addCollection("conditionPages", (api) => paged(sorted(api).byCondition, "/"));
  config.addCollection("topicPages", (api) => paged(sorted(api).byTopic, "/topics/"));
  config.addCollection("authorPages", (api) => paged(sorted(api).byAuthor, "/authors/"));
  config.addCollection("allFeeds", (api) => [
    ...feeds(sorted(api).byCondition, "/"),
    ...feeds(sorted(api).byTopic, "/topics/"),
    ...feeds(sorted(api).byAuthor, "/authors/"),
  ]);

  config.addFilter("longDate", (date) => longDate.format(date));
  config.addFilter("isoDay", (date) => date.toISOString().slice(0, 10));

  return {
    dir: { input: "content", includes: "../_includes", data: "../_data" },
    // Bodies hold no template tags; leaving the engine out is what the documentation says for plain Markdown.
    markdownTemplateEngine: false,
    htmlTemplateEngine: "njk",
  };
}
