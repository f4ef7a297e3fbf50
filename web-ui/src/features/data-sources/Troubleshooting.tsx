interface Trouble {
  sign: string;
  cause: string;
  fix: string;
}

/** What goes wrong while connecting and after it, as people meet it, with the cause and the way out. */
function troubles(vendor: string): Trouble[] {
  return [
    {
      sign: 'No window opens',
      cause: 'The browser blocks popups for this site.',
      fix: 'Choose “Use this tab instead” while ClariBI waits, or allow popups for this site and choose “Open again”.',
    },
    {
      sign: 'The sign-in page spins for ever',
      cause: `${vendor} may have lost track of the sign-in, or you are signed in to several organizations there.`,
      fix: `Close the window, sign out of ${vendor}, and choose “Open again”. If it stays, start over with a fresh registration.`,
    },
    {
      sign: 'Signed in to the wrong organization',
      cause: `A grant belongs to the organization you were signed in to, and ${vendor} used the one the browser remembered.`,
      fix: `Sign out of ${vendor} or authorize in a private window, then sign in to one organization only.`,
    },
    {
      sign: `“MCP is disabled by your ${vendor} admin”`,
      cause: `An admin of your ${vendor} organization has switched MCP off, for everyone or for your role.`,
      fix:
        vendor === 'Amplitude'
          ? 'Ask an admin to allow it under Settings > Content Access > MCP, and to give your role “Use MCP (read)”.'
          : `Ask an admin of ${vendor} to allow MCP clients for your role, then connect again.`,
    },
    {
      sign: 'Wrong region',
      cause: `${vendor} keeps regions apart: an account of one region does not exist in another, so its sign-in or its token is refused.`,
      fix: `Look at the address you use for ${vendor} in the browser, and choose that region here.`,
    },
    {
      sign: '“Project not selected”',
      cause: 'The account can see several projects, and none was chosen for this data source.',
      fix: 'Open the data source and choose “Change project” under Identity.',
    },
    {
      sign: 'The project is not in the list',
      cause: `The account you signed in with has no access to it in ${vendor}.`,
      fix: 'Ask an admin for access to the project, or reconnect with an account that has it.',
    },
    {
      sign: 'It keeps asking to sign in',
      cause: `${vendor} ends the grant: the password changed, an admin revoked it, or grants there live only for days.`,
      fix: 'See the health timeline for what ended it. Where it offers them, connect with a service account, which belongs to no person.',
    },
    {
      sign: 'A tool is missing',
      cause: `${vendor} does not publish it to this account, or the tool can write and is refused, or its data class is switched off.`,
      fix: 'Search for it in the tab Tools: every published tool is there with the reason. If it is not, ask an admin about your role.',
    },
    {
      sign: 'A tool that worked is held back',
      cause: `${vendor} changed its definition, so it waits until an owner has looked at the change.`,
      fix: 'An owner reads the change at the top of the tab Tools and approves it.',
    },
    {
      sign: 'Degraded: too many requests',
      cause: `${vendor} limits how often an account may ask.`,
      fix: 'Wait: ClariBI tries again at the time shown. Longer refresh intervals on dashboards make it rarer.',
    },
    {
      sign: '“Needs more access”',
      cause: `${vendor} wants a scope that the grant does not have.`,
      fix: 'Reconnect: ClariBI asks for the missing scope, as long as it only reads.',
    },
  ];
}

export function TroubleshootingTable({ vendor = 'the vendor' }: { vendor?: string }) {
  return (
    <div className="table-scroll tall" tabIndex={0} role="region" aria-label="Troubleshooting">
      <table className="data-table troubles">
        <caption className="visually-hidden">Problems of connecting, their causes and what to do</caption>
        <thead>
          <tr>
            <th scope="col">You see</th>
            <th scope="col">Because</th>
            <th scope="col">What to do</th>
          </tr>
        </thead>
        <tbody>
          {troubles(vendor).map(({ sign, cause, fix }) => (
            <tr key={sign}>
              <th scope="row" className="row-heading">
                {sign}
              </th>
              <td>{cause}</td>
              <td>{fix}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function Troubleshooting({ vendor }: { vendor: string }) {
  return (
    <details className="evidence">
      <summary>Trouble?</summary>
      <div className="evidence-body">
        <TroubleshootingTable vendor={vendor} />
      </div>
    </details>
  );
}
