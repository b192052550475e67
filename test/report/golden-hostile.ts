import type { Evidence } from '../../core/model/evidence.ts';
import type { Finding } from '../../core/model/finding.ts';

/** What a target could answer to take over the report, the terminal of its reader, or the eye. */
export const hostileFinding: Finding = {
  code: 'markup-answered',
  title: '<script>alert("x")</script><img src=x onerror=alert(1)> steht im Namen des Servers',
  expected: 'Ein Name "ohne" Markup & ohne Steuerzeichen',
  observed: `\u001b[31mrot\u001b[0m\u0000, rechts nach links: \u202Egpj.exe\u202C, unsichtbar: a\u200Bb, Ende: ]]> und noch einmal ]]>\nzweite Zeile`,
  where: `hs1.example/${'sehrlangeswortohneleerzeichen'.repeat(12)}`,
  request: `GET /_matrix/client/versions?x="' onmouseover="alert(1) → 200`,
};

export const hostileRule = 'javascript:alert(document.domain)';

export const hostileAccount = '@"><b onclick=alert(1)>x</b>:hs1.example';

export const hostileEvidence: Evidence = {
  name: '"><svg onload=alert(1)> \u202Etxt.lmth',
  mediaType: 'text/html',
  content: '<script>document.title = "übernommen"</script>\n',
};
