/** A report as JUnit XML, for continuous integration: one test case for each condition. */
import { escapeMarkup } from "./markup.ts";
import type { Report } from "./report.ts";
import { figure } from "./summary.ts";

export function junitOf({ verdict, plan, seconds, command }: Report): string {
  const { checks, outcome, sentence } = verdict;
  const name = escapeMarkup(`npm run bots: ${plan.game}`);
  const cases = checks.map(({ text, value, unit, isMet }) => {
    const title = `    <testcase classname="${name}" name="${escapeMarkup(text)}"`;
    if (isMet) return `${title}/>`;
    return `${title}><failure message="${escapeMarkup(`was ${figure(value, unit)}`)}"/></testcase>`;
  });
  // What ended early or says nothing is an error of the run, not of a condition.
  const isError = outcome !== "passed" && outcome !== "failed";
  const error = isError ? `<error message="${escapeMarkup(sentence)}"/>` : "";
  cases.push(`    <testcase classname="${name}" name="the run can be judged">${error}</testcase>`);
  const failures = checks.filter(({ isMet }) => !isMet).length;
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
  <testsuite name="${name}" tests="${cases.length}" failures="${failures}" errors="${isError ? 1 : 0}" time="${seconds.length}">
    <properties><property name="command" value="${escapeMarkup(command)}"/></properties>
${cases.join("\n")}
  </testsuite>
</testsuites>
`;
}
