// A message on standard input; what DNS says, the connection's address and the envelope's sender as JSON in the first
// argument. Prints what mailauth finds of DKIM, SPF and DMARC.
import { authenticate } from "mailauth";

const { records, ip, sender } = JSON.parse(process.argv[2]);
const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);

const resolver = async (name, type) => {
  const found = records[`${type} ${name.toLowerCase()}`];
  if (found) return found;
  throw Object.assign(new Error(`no ${type} of ${name}`), { code: "ENOTFOUND" });
};
const told = await authenticate(Buffer.concat(chunks), {
  ip, sender, helo: "mail.harbour-brief.example", mta: "mx.home.example", resolver, disableArc: true, disableBimi: true,
});
console.log(JSON.stringify({
  dkim: told.dkim.results.map((each) => each.status.result),
  spf: told.spf.status.result,
  dmarc: told.dmarc.status.result,
}));
