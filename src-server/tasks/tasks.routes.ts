import { DeskTaskQuery, Task, TaskPage, TaskQuery } from '../calls/calls.contract.ts';
import { contextOf, type Routes } from '../http/scopes.ts';
import { ById } from '../kernel/primitives.contract.ts';
import { finishTask, listTasks, reopenTask } from './tasks.service.ts';

const settleRoutes: Routes = (app) => {
  app.post('/tasks/:id/done', { schema: { tags: ['Tasks'], params: ById, response: { 200: Task } } }, (request) =>
    finishTask(contextOf(request), request.params.id),
  );
  app.post('/tasks/:id/reopen', { schema: { tags: ['Tasks'], params: ById, response: { 200: Task } } }, (request) =>
    reopenTask(contextOf(request), request.params.id),
  );
};

/** The console sees everybody's tasks, or those of one agent or contact. */
export const taskRoutes: Routes = async (app) => {
  app.get('/tasks', { schema: { querystring: DeskTaskQuery, response: { 200: TaskPage } } }, (request) => listTasks(contextOf(request), request.query));
  await settleRoutes(app);
};

/** A phone sees its agent's, and those of nobody in particular. */
export const deviceTaskRoutes: Routes = async (app) => {
  app.get('/tasks', { schema: { tags: ['Tasks'], querystring: TaskQuery, response: { 200: TaskPage } } }, (request) =>
    listTasks(contextOf(request), request.query),
  );
  await settleRoutes(app);
};
