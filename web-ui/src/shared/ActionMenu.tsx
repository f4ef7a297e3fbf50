import { useEffect, useId, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { createPortal } from 'react-dom';

export interface MenuAction {
  label: string;
  onSelect: () => void;
  tone?: 'danger';
  checked?: boolean;
  disabled?: boolean;
}

interface ActionMenuProps {
  /** The accessible name of the button. */
  label: string;
  actions: (MenuAction | 'separator')[];
  children: ReactNode;
  className?: string;
}

/**
 * A menu button after the ARIA pattern. Written here because a menu with a positioning library
 * costs the first page 25 KB.
 */
export function ActionMenu({ label, actions, children, className = 'icon-button' }: ActionMenuProps) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();

  function close(returnFocus: boolean) {
    setOpen(false);
    if (returnFocus) button.current?.focus();
  }

  return (
    <>
      <button
        ref={button}
        type="button"
        className={className}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen((wasOpen) => !wasOpen)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          setOpen(true);
        }}
      >
        {children}
      </button>
      {open && <OpenMenu id={id} label={label} actions={actions} anchor={button} onClose={close} />}
    </>
  );
}

interface OpenMenuProps {
  id: string;
  label: string;
  actions: ActionMenuProps['actions'];
  anchor: React.RefObject<HTMLButtonElement | null>;
  onClose: (returnFocus: boolean) => void;
}

function OpenMenu({ id, label, actions, anchor, onClose }: OpenMenuProps) {
  const menu = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    if (!menu.current || !anchor.current) return;
    place(menu.current, anchor.current);
    items(menu.current)[0]?.focus({ preventScroll: true });
  }, [anchor]);

  useEffect(() => {
    function onPointerDown(event: PointerEvent) {
      const target = event.target as Node;
      if (!menu.current?.contains(target) && !anchor.current?.contains(target)) onClose(false);
    }
    const onMove = (event: Event) => {
      if (event.target !== menu.current) onClose(false);
    };
    document.addEventListener('pointerdown', onPointerDown);
    window.addEventListener('resize', onMove);
    document.addEventListener('scroll', onMove, true);
    return () => {
      document.removeEventListener('pointerdown', onPointerDown);
      window.removeEventListener('resize', onMove);
      document.removeEventListener('scroll', onMove, true);
    };
  }, [anchor, onClose]);

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>) {
    const all = items(event.currentTarget);
    const current = all.indexOf(document.activeElement as HTMLElement);
    const target = {
      ArrowDown: all[(current + 1) % all.length],
      ArrowUp: all[(current - 1 + all.length) % all.length],
      Home: all[0],
      End: all.at(-1),
    }[event.key];

    if (target) {
      event.preventDefault();
      target.focus();
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      onClose(true);
    } else if (event.key === 'Tab') {
      onClose(true);
    }
  }

  return createPortal(
    <div id={id} ref={menu} role="menu" aria-label={label} className="menu" onKeyDown={onKeyDown}>
      {actions.map((action, index) =>
        action === 'separator' ? (
          <hr key={index} role="separator" />
        ) : (
          <button
            key={action.label}
            type="button"
            tabIndex={-1}
            role={action.checked === undefined ? 'menuitem' : 'menuitemradio'}
            aria-checked={action.checked}
            disabled={action.disabled}
            data-tone={action.tone}
            onClick={() => {
              onClose(true);
              action.onSelect();
            }}
          >
            {action.label}
          </button>
        ),
      )}
    </div>,
    document.body,
  );
}

const items = (menu: HTMLElement) => [...menu.querySelectorAll<HTMLElement>('[role^="menuitem"]:not(:disabled)')];

/** Below the button, or above it where there is no room; never past the edge of the window. */
function place(menu: HTMLElement, anchor: HTMLElement) {
  const button = anchor.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  const below = button.bottom + 4;
  const top = below + height > window.innerHeight ? Math.max(8, button.top - height - 4) : below;
  const left = Math.min(button.left, window.innerWidth - width - 8);
  menu.style.top = `${top}px`;
  menu.style.left = `${Math.max(8, left)}px`;
}
