// Reads a JSON list of MJML documents on standard input, writes for each the strict compiler's complaints.
import { readFileSync } from "node:fs";
import mjml from "mjml";

const compile = mjml.default ?? mjml;
const complaints = [];
for (const source of JSON.parse(readFileSync(0, "utf8"))) {
  try {
    const done = await compile(source, { validationLevel: "strict" });
    complaints.push(done.errors.map((error) => error.formattedMessage));
  } catch (error) {
    complaints.push((error.errors ?? [error]).map((one) => one.formattedMessage ?? String(one.message ?? one)));
  }
}
process.stdout.write(JSON.stringify(complaints));
