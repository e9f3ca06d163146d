// Fill the kit's vendor folder from node_modules: copied files, one icon sprite, a manifest and the licences.
// Run after `npm ci --ignore-scripts`. Needs nothing but Node's own modules, so any Node from 20 on will do.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const modules = join(root, "node_modules");
const kit = join(root, "guanjia", "faces", "kit");
const vendor = join(kit, "static", "kit", "vendor");

// Outgoing path: package, path inside the package.
const copies = {
  "htmx.min.js": ["htmx.org", "dist/htmx.min.js"],
  "hx-sse.min.js": ["htmx.org", "dist/ext/hx-sse.min.js"],
  "axe.min.js": ["axe-core", "axe.min.js"],
  "fonts/NotoSansSC-Regular.ttf": ["@expo-google-fonts/noto-sans-sc", "400Regular/NotoSansSC_400Regular.ttf"],
  "fonts/NotoSansSC-Bold.ttf": ["@expo-google-fonts/noto-sans-sc", "700Bold/NotoSansSC_700Bold.ttf"],
};

const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
const wanted = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).devDependencies;
const files = {};

function put(name, content) {
  const target = join(vendor, name);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, content);
  files[name] = createHash("sha256").update(content).digest("hex");
}

function sprite() {
  const folder = join(modules, "@tabler/icons", "icons", "outline");
  const names = readFileSync(join(kit, "icons.txt"), "utf8").split("\n").filter((line) => line && !line.startsWith("#"));
  const symbols = names.map((name) => {
    const svg = readFileSync(join(folder, `${name}.svg`), "utf8");
    const body = svg
      .replace(/^[\s\S]*?<svg[\s\S]*?>/, "")
      .replace(/<\/svg>\s*$/, "")
      .replace(/<path stroke="none"[^>]*\/>/g, "")
      .replace(/\s*\n\s*/g, "");
    return `<symbol id="${name}" viewBox="0 0 24 24">${body}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`;
}

function licences() {
  const parts = Object.keys(wanted).sort().map((name) => {
    const folder = join(modules, name);
    const about = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const texts = readdirSync(folder).filter((file) => /^licen[cs]e/i.test(file)).sort();
    const body = texts.map((file) => readFileSync(join(folder, file), "utf8").trim()).join("\n\n");
    return `${name} ${about.version} (${about.license})\n${"=".repeat(72)}\n\n${body}\n`;
  });
  return `Third-party files in this folder and their licences.\n\n${parts.join("\n\n")}`;
}

for (const [name, version] of Object.entries(wanted)) {
  const found = JSON.parse(readFileSync(join(modules, name, "package.json"), "utf8")).version;
  if (found !== version || lock.packages[`node_modules/${name}`]?.version !== version) {
    console.error(`${name}: package.json says ${version}, installed is ${found}. Run: npm ci --ignore-scripts`);
    process.exit(1);
  }
}

rmSync(vendor, { recursive: true, force: true });
for (const [name, [from, path]] of Object.entries(copies)) {
  const content = readFileSync(join(modules, from, path));
  // A map that we do not ship must not be asked for: hashed static files refuse a missing reference.
  put(name, name.endsWith(".js") ? content.toString("utf8").replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "\n") : content);
}
put("icons.svg", sprite());
put("THIRD_PARTY_LICENSES.txt", licences());

const packages = Object.entries(wanted).sort().map(([name, version]) => ({
  name,
  version,
  integrity: lock.packages[`node_modules/${name}`].integrity,
}));
writeFileSync(join(vendor, "manifest.json"), `${JSON.stringify({ packages, files }, null, 2)}\n`);
console.log(`${Object.keys(files).length} files of ${packages.length} packages in ${vendor.slice(root.length + 1)}`);
