import hl from '@11ty/eleventy-plugin-syntaxhighlight';
import { feedPlugin } from '@11ty/eleventy-plugin-rss';
export default function (c) {
  c.addPlugin(hl);
  c.addPassthroughCopy({ 'static': '/' });
  c.addFilter('d', (x) => x.toISOString().slice(0, 10));
  c.addFilter('head', (a, n) => a.slice(0, n));
  c.addCollection('posts', (api) => api.getFilteredByGlob('content/posts/*.md').reverse());
  const group = (api, f) => { const m = {}; for (const p of api.getFilteredByGlob('content/posts/*.md').reverse()) for (const k of f(p)) (m[k] ??= []).push(p); return Object.keys(m).sort().map((k) => ({ key: k, pages: m[k] })); };
  c.addCollection('byTag', (api) => group(api, (p) => p.data.tags));
  c.addCollection('byCat', (api) => group(api, (p) => [p.data.category]));
  c.addPlugin(feedPlugin, { type: 'atom', outputPath: '/feed.xml', collection: { name: 'postsAsc', limit: 20 }, metadata: { language: 'en', title: 'Bench Site', subtitle: 's', base: 'https://example.org/', author: { name: 'b' } } });
  c.addCollection('postsAsc', (api) => api.getFilteredByGlob('content/posts/*.md'));
  return { dir: { input: 'content', includes: '../_includes', output: '_site' }, markdownTemplateEngine: false, htmlTemplateEngine: 'njk' };
}
