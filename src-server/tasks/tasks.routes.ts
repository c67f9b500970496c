import { DeskTaskQuery, Task, TaskPage, TaskQuery } from '../calls/calls.contract.ts';
import { contextOf, type Routes } from '../http/scopes.ts';
import { ById } from '../kernel/primitives.contract.ts';
import { finishTask, listTasks, reopenTask } from './tasks.service.ts';

const settleRoutes: Routes = (app) => {
  const schema = { tags: ['Tasks'], params: ById, response: { 200: Task }, 'x-refusals': { 404: 'There is no such task.' } };
  app.post('/tasks/:id/done', { schema: { ...schema, summary: 'Ticks a task off.' } }, (request) => finishTask(contextOf(request), request.params.id));
  app.post('/tasks/:id/reopen', { schema: { ...schema, summary: 'Takes that back.' } }, (request) => reopenTask(contextOf(request), request.params.id));
};

/** The console sees everybody's tasks, or those of one agent or contact. */
export const taskRoutes: Routes = async (app) => {
  app.get('/tasks', { schema: { querystring: DeskTaskQuery, response: { 200: TaskPage } } }, (request) => listTasks(contextOf(request), request.query));
  await settleRoutes(app);
};

/** A phone sees its agent's, and those of nobody in particular. */
export const deviceTaskRoutes: Routes = async (app) => {
  const summary = 'What whoever carries the phone has to do, and what nobody in particular has.';
  app.get('/tasks', { schema: { tags: ['Tasks'], summary, querystring: TaskQuery, response: { 200: TaskPage } } }, (request) =>
    listTasks(contextOf(request), request.query),
  );
  await settleRoutes(app);
};
