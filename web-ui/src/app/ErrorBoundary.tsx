import { Component, type ReactNode } from 'react';
import { ProblemAlert } from '@/shared/ProblemAlert';

interface State {
  error: unknown;
}

/** Keeps the sidebar alive when a page fails to render, or a chunk of it cannot be fetched. */
export class ErrorBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: unknown): State {
    return { error };
  }

  override render() {
    if (this.state.error === null) return this.props.children;
    return <ProblemAlert error={this.state.error} retryLabel="Reload the page" onRetry={() => window.location.reload()} />;
  }
}
