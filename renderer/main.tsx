import './app/early/early.ts'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/App.tsx'
import { lastWorkspace } from './app/early/last-workspace.ts'
import { startTexts } from './app/i18n/i18n.ts'
import { usePreferences } from './app/preferences/preferences.ts'
import { openSession } from './app/session/session.ts'
import { studioDoor } from './app/session/studio-door.ts'

const root = document.getElementById('root')
if (root === null) throw new Error('the page has no root')
const session = openSession(studioDoor(), lastWorkspace())
await startTexts(usePreferences.getState().language)
createRoot(root).render(
  <StrictMode>
    <App session={session} />
  </StrictMode>,
)
