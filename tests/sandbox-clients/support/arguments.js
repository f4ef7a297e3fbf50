/**
 * The smallest arguments that fit a tool's schema and mean something: required fields only, made from the schema, with values that
 * exist in this sandbox where the field's name tells what it is.
 */
export class Arguments {
  constructor(values) {
    this.values = values;
    const dates = { relative: 'Last 7 Days' };
    const chart = { kind: 'segmentation', events: [{ event: values.event }], measured_as: { as: 'unique_users' }, date_range: dates };
    const definition = { app: values.projectId, type: 'eventsSegmentation', params: { range: 'Last 7 Days', events: [{ event_type: values.event, filters: [], group_by: [] }], metric: 'uniques', countGroup: 'User', interval: 1, segments: [{ conditions: [] }] } };
    const cohort = { version: 3, andClauses: [] };

    /** What a schema cannot say: fields of which one is needed though none is required. */
    this.more = {
      query_amplitude_data: { chart },
      query_dataset: { definition },
      get_amplitude_charts: { chartIds: [values.chartId] },
      render_amplitude_chart: { chartId: values.chartId },
      get_dashboard: { dashboardId: values.dashboardId, dashboardIds: [values.dashboardId] },
      get_amp_user_data: { amplitudeId: values.amplitudeId, projectId: values.projectId },
      get_feedback_comments: { search: 'app' },
      use_amp_dashboards: { dashboardIds: [values.dashboardId] },
      use_amp_notebooks: { notebookIds: [values.notebookId] },
      use_amp_experiments: { ids: [values.experimentId] },
      get_experiments: { ids: [values.experimentId], experimentIds: [values.experimentId] },
      use_amp_flags: { flagIds: [values.flagId] },
      use_amplitude_metrics: { metricIds: [values.metricId] },
    };

    /** By name of the field, wherever it stands. */
    this.known = {
      projectId: values.projectId, appId: values.projectId, app_id: values.projectId, app: values.projectId, projectIds: [values.projectId], appIds: [values.projectId],
      chartId: values.chartId, chartIds: [values.chartId], cohortIds: [values.cohortId], dashboardId: values.dashboardId, dashboardIds: [values.dashboardId],
      notebookIds: [values.notebookId], notebookId: values.notebookId, experimentIds: [values.experimentId], ids: [values.experimentId], id: values.experimentId,
      eventType: values.event, event_type: values.event, event: values.event, events: undefined, url: values.url, chart, query: values.event, queries: [values.event],
      sessionReplayId: values.sessionReplayId, replay_id: values.sessionReplayId, insightId: values.insightId, toolName: 'get_amplitude_context', category: undefined,
      flagIds: [values.flagId], dateStart: '2026-11-01', dateEnd: '2026-11-20', metricIds: [values.metricId], metricId: values.metricId,
    };
    this.definitions = { create_cohort: cohort, use_amplitude_cohorts: cohort };
    this.definition = definition;
  }

  /** Whether the arguments had to do without an id, because the data has nothing of that kind. */
  lacksId = false;

  for(tool) {
    this.lacksId = false;
    const schema = tool.inputSchema;
    const made = this.ofObject(schema, tool.name);
    for (const [name, value] of Object.entries(this.more[tool.name] ?? {})) {
      if (!schema.properties?.[name] || !accepts(schema.properties[name], value)) continue;
      if (isMissing(value)) this.lacksId = true;
      else made[name] = value;
    }
    return made;
  }

  /** For every value of the "action" field, if the tool has one. */
  *actions(tool) {
    for (const action of tool.inputSchema.properties?.action?.enum ?? []) yield { ...this.for(tool), action };
  }

  ofObject(schema, tool) {
    const made = {};
    for (const name of schema.required ?? []) made[name] = this.ofField(name, schema.properties?.[name] ?? {}, tool);
    return made;
  }

  ofField(name, schema, tool) {
    if (name === 'definition') return this.definitions[tool] ?? this.definition;
    const known = this.known[name];
    if (name in this.known && isMissing(known)) this.lacksId = true;
    return !isMissing(known) && accepts(schema, known) ? known : this.ofSchema(schema, tool);
  }

  ofSchema(schema, tool) {
    const first = schema.anyOf?.[0] ?? schema.oneOf?.[0];
    if (first) return this.ofSchema(first, tool);
    if ('const' in schema) return schema.const;
    if (schema.enum) return schema.enum[0];
    switch (schema.type) {
      case 'object': return this.ofObject(schema, tool);
      case 'array': return Array.from({ length: schema.minItems ?? 0 }, () => this.ofSchema(schema.items ?? {}, tool));
      case 'boolean': return false;
      case 'integer':
      case 'number': return Math.max(schema.minimum ?? 1, Math.min(1, schema.maximum ?? 1));
      default: return schema.pattern === '^\\d+$' ? '1' : 'x'.repeat(Math.max(1, schema.minLength ?? 1));
    }
  }
}

const isMissing = (value) => value === undefined || (Array.isArray(value) && value[0] === undefined);

/** Whether the value is of a type the schema takes: not a check of the whole schema. */
export function accepts(schema, value) {
  const options = schema.anyOf ?? schema.oneOf;
  if (options) return options.some((option) => accepts(option, value));
  if (schema.enum) return schema.enum.includes(value);
  const type = Array.isArray(value) ? 'array' : typeof value;
  return !schema.type || schema.type === type;
}
