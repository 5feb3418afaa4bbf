import { Component, type ReactNode } from 'react'
import { toFailure } from '../../../engine/contract/failure.ts'
import { FailureNotice } from '../../ui/failure/FailureNotice.tsx'

interface ErrorFenceProps {
  readonly children: ReactNode
}

interface ErrorFenceState {
  readonly error: unknown
}

/** Keeps a fault of one part from taking the rest of the studio with it; says what happened and offers to draw it anew. */
export class ErrorFence extends Component<ErrorFenceProps, ErrorFenceState> {
  override state: ErrorFenceState = { error: undefined }

  static getDerivedStateFromError(error: unknown): ErrorFenceState {
    return { error }
  }

  override render(): ReactNode {
    if (this.state.error === undefined) return this.props.children
    return <FailureNotice failure={toFailure(this.state.error)} onRetry={() => this.setState({ error: undefined })} />
  }
}
